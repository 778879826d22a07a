import { Column, Entity, PrimaryColumn } from 'typeorm'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** What a bot remembers about a person. */
@Entity('bot_people')
@DataPolicy({ until: 'viewer', erasure: 'delete' })
export class BotPersonEntity {
  @Purpose('with which bot')
  @PrimaryColumn({
    type: 'varchar',
    length: 64,
    name: 'bot_id',
    primaryKeyConstraintName: 'pk_bot_people',
  })
  botId: string

  @Purpose('who', { person: 'id' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'viewer_id',
    primaryKeyConstraintName: 'pk_bot_people',
  })
  viewerId: string

  @Purpose('in which language to answer', { personal: true })
  @Column({ type: 'varchar', length: 2 })
  language: string

  /** Ids of the cards in the last list: "2" is the second. */
  @Purpose('what a number means', { personal: true })
  @Column({ type: 'simple-json', name: 'last_list' })
  lastList: string[]

  @Purpose('up to when notices were told', { personal: true })
  @Column(epoch('notified_at'))
  notifiedAt: number
}
