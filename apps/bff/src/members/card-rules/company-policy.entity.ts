import type { CompanyRules } from '@sealcard/protocol'
import { Column, Entity, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../database/columns.js'

/** The company's rules for new cards: one row, changed only from the version that was read. */
@Entity('company_policies')
export class CompanyPolicyEntity {
  @Retain({ purpose: 'names the row', personal: false, until: 'service' })
  @PrimaryColumn({ type: 'varchar', length: 16, primaryKeyConstraintName: 'pk_company_policies' })
  id: string

  @Retain({
    purpose: 'two changes at once must not undo each other',
    personal: false,
    until: 'service',
  })
  @Column(epoch('version'))
  version: number

  @Retain({ purpose: 'what the company allows', personal: false, until: 'service' })
  @Column({ type: 'simple-json' })
  rules: CompanyRules

  @Retain({ purpose: 'since when it holds', personal: false, until: 'service' })
  @Column(epoch('changed_at'))
  changedAt: number

  @Retain({ purpose: 'which administrator set it', personal: false, until: 'service' })
  @Column({ type: 'varchar', length: 64, name: 'changed_by' })
  changedBy: string
}

/** A person who may make cards where the company lists who may. */
@Entity('card_makers')
export class CardMakerEntity {
  @Retain({ purpose: 'who may make cards', personal: true, until: 'viewer' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'viewer_id',
    primaryKeyConstraintName: 'pk_card_makers',
  })
  viewerId: string
}
