import { Column, Entity, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../database/columns.js'

/** What a bot remembers of a person it talks to. */
@Entity('bot_people')
export class BotPersonEntity {
  @Retain({ purpose: 'with which bot', personal: false, until: 'viewer' })
  @PrimaryColumn({
    type: 'varchar',
    length: 64,
    name: 'bot_id',
    primaryKeyConstraintName: 'pk_bot_people',
  })
  botId: string

  @Retain({ purpose: 'who', personal: true, until: 'viewer' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'viewer_id',
    primaryKeyConstraintName: 'pk_bot_people',
  })
  viewerId: string

  @Retain({ purpose: 'in which language to answer', personal: true, until: 'viewer' })
  @Column({ type: 'varchar', length: 2 })
  language: string

  /** Ids of cards: "2" is the second of the list that was shown last. */
  @Retain({ purpose: 'what a number means', personal: true, until: 'viewer' })
  @Column({ type: 'simple-json', name: 'last_list' })
  lastList: string[]

  @Retain({ purpose: 'up to when notices were told', personal: true, until: 'viewer' })
  @Column(epoch('notified_at'))
  notifiedAt: number
}
