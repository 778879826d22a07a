import type { NoticeKind } from '@sealcard/protocol'
import { Column, Entity, PrimaryColumn } from 'typeorm'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** What a person does not want to be told. Without a row: nothing was switched off. */
@Entity('notice_choices')
@DataPolicy({ until: 'viewer', erasure: 'delete' })
export class NoticeChoiceEntity {
  @Purpose('whose choice', { person: 'id' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'viewer_id',
    primaryKeyConstraintName: 'pk_notice_choices',
  })
  viewerId: string

  @Purpose('which notices the person switched off', { personal: true })
  @Column({ type: 'simple-json' })
  off: NoticeKind[]
}
