import { Column, Entity, PrimaryColumn } from 'typeorm'
import { Keep } from '../../database/column-tags.js'
import { epoch } from '../../database/epoch.js'

/** `openings` are looked through by when they were, cards by when they expire. */
export type NoticeStream = 'openings' | 'expiries'

/** Up to where what happens to cards was looked through for notices. */
@Entity('bot_notice_cursors')
export class BotNoticeCursorEntity {
  @Keep({ purpose: 'of what', personal: false, until: 'service' })
  @PrimaryColumn({ type: 'varchar', length: 8, primaryKeyConstraintName: 'pk_bot_notice_cursors' })
  stream: NoticeStream

  @Keep({ purpose: 'up to when', personal: false, until: 'service' })
  @Column(epoch('at'))
  at: number

  /** Of the last row looked at; empty: all of that time are still to come. */
  @Keep({ purpose: 'up to which', personal: false, until: 'service' })
  @Column({ type: 'varchar', length: 22, name: 'last_id' })
  lastId: string
}
