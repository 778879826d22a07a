import { Column, Entity, PrimaryColumn } from 'typeorm'
import { Keep } from '../../database/column-tags.js'
import { epoch } from '../../database/epoch.js'
import type { Cause } from '../registry/cause.js'

/** How often a bot's callbacks were refused, and why. A row for each bot and cause: nobody outside can make more. */
@Entity('bot_refusals')
export class BotRefusalEntity {
  @Keep({ purpose: 'of which bot', personal: false, until: 'service' })
  @PrimaryColumn({
    type: 'varchar',
    length: 64,
    name: 'bot_id',
    primaryKeyConstraintName: 'pk_bot_refusals',
  })
  botId: string

  @Keep({ purpose: 'why', personal: false, until: 'service' })
  @PrimaryColumn({ type: 'varchar', length: 16, primaryKeyConstraintName: 'pk_bot_refusals' })
  cause: Cause

  /** Not longer ago than a day when it was last added to. */
  @Keep({ purpose: 'counted since when', personal: false, until: 'service' })
  @Column(epoch('since'))
  since: number

  @Keep({ purpose: 'how often since then', personal: false, until: 'service' })
  @Column(epoch('times'))
  times: number

  @Keep({ purpose: 'when the last one came', personal: false, until: 'service' })
  @Column(epoch('last_at'))
  lastAt: number

  /** Of `time`: how much older than our clock the last one was; 0 otherwise. */
  @Keep({ purpose: 'how far the clocks are apart', personal: false, until: 'service' })
  @Column(epoch('seconds'))
  seconds: number
}
