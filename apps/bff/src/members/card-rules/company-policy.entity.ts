import type { CompanyRules } from '@sealcard/protocol'
import { Column, Entity, PrimaryColumn } from 'typeorm'
import { epoch, int64 } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** The company's rules for new cards: one row, changed only from the version that was read. */
@Entity('company_policies')
@DataPolicy({ until: 'service' })
export class CompanyPolicyEntity {
  @Purpose('names the row')
  @PrimaryColumn({ type: 'varchar', length: 16, primaryKeyConstraintName: 'pk_company_policies' })
  id: string

  @Purpose('two changes at once must not undo each other')
  @Column(int64('version'))
  version: number

  @Purpose('what the company allows')
  @Column({ type: 'simple-json' })
  rules: CompanyRules

  @Purpose('since when it holds')
  @Column(epoch('changed_at'))
  changedAt: number

  @Purpose('which administrator set it')
  @Column({ type: 'varchar', length: 64, name: 'changed_by' })
  changedBy: string
}

/** A policy as it was set. How many people it listed stays, and not whom. */
@Entity('company_policy_versions')
@DataPolicy({ until: 'service' })
export class CompanyPolicyVersionEntity {
  @Purpose('orders the versions')
  @PrimaryColumn({ ...int64('version'), primaryKeyConstraintName: 'pk_company_policy_versions' })
  version: number

  @Purpose('what the company allowed')
  @Column({ type: 'simple-json' })
  rules: CompanyRules

  @Purpose('how many people were listed')
  @Column({ type: 'int' })
  makers: number

  @Purpose('since when it held')
  @Column(epoch('changed_at'))
  changedAt: number

  @Purpose('which administrator set it')
  @Column({ type: 'varchar', length: 64, name: 'changed_by' })
  changedBy: string

  @Purpose('why it was set')
  @Column({ type: 'varchar', length: 150, nullable: true })
  reason: string | null
}

/** A person who may make cards where the company lists who may. */
@Entity('card_makers')
@DataPolicy({ until: 'viewer', erasure: 'delete' })
export class CardMakerEntity {
  @Purpose('who may make cards', { person: 'id' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'viewer_id',
    primaryKeyConstraintName: 'pk_card_makers',
  })
  viewerId: string
}
