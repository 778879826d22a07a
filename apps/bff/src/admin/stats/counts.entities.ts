import { Column, Entity, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../database/columns.js'

/** How often something happened on a day that is over. Written once; see `DailyRollup`. */
@Entity('day_counts')
export class DayCountEntity {
  /** The day's first millisecond; days begin at midnight in China. */
  @Retain({ purpose: 'which day', personal: false, until: 'service' })
  @PrimaryColumn({ ...epoch('day'), primaryKeyConstraintName: 'pk_day_counts' })
  day: number

  /** Empty where no app is known: whoever tried it was erased on the same day. */
  @Retain({ purpose: 'in which app', personal: false, until: 'service' })
  @PrimaryColumn({
    type: 'varchar',
    length: 64,
    name: 'app_id',
    primaryKeyConstraintName: 'pk_day_counts',
  })
  appId: string

  /** E.g. `cards.made`, `rejected.proof_used`; `folded` marks the day as counted. */
  @Retain({ purpose: 'what is counted', personal: false, until: 'service' })
  @PrimaryColumn({ type: 'varchar', length: 48, primaryKeyConstraintName: 'pk_day_counts' })
  what: string

  @Retain({ purpose: 'how often', personal: false, until: 'service' })
  @Column(epoch('n'))
  n: number
}

/** How often something happened in an hour of a day that is not counted as a whole yet; see `DailyRollup`. */
@Entity('hour_counts')
export class HourCountEntity {
  /** The hour's first millisecond. */
  @Retain({ purpose: 'which hour', personal: false, until: 'service' })
  @PrimaryColumn({ ...epoch('hour'), primaryKeyConstraintName: 'pk_hour_counts' })
  hour: number

  /** As in `DayCountEntity`. */
  @Retain({ purpose: 'in which app', personal: false, until: 'service' })
  @PrimaryColumn({
    type: 'varchar',
    length: 64,
    name: 'app_id',
    primaryKeyConstraintName: 'pk_hour_counts',
  })
  appId: string

  /** As in `DayCountEntity`; `viewers` are those of the day that had not come in an earlier hour. */
  @Retain({ purpose: 'what is counted', personal: false, until: 'service' })
  @PrimaryColumn({ type: 'varchar', length: 48, primaryKeyConstraintName: 'pk_hour_counts' })
  what: string

  @Retain({ purpose: 'how often', personal: false, until: 'service' })
  @Column(epoch('n'))
  n: number
}
