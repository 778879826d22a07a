import { Column, Entity, PrimaryColumn } from 'typeorm'
import { epoch, int64 } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** How often something happened on a day that is over. Written once; see `DailyRollup`. */
@Entity('day_counts')
@DataPolicy({ until: 'service' })
export class DayCountEntity {
  /** The day's first millisecond; days begin at midnight in China. */
  @Purpose('which day')
  @PrimaryColumn({ ...epoch('day'), primaryKeyConstraintName: 'pk_day_counts' })
  day: number

  /** Empty where no app is known: the viewer was erased on the same day. */
  @Purpose('in which app')
  @PrimaryColumn({
    type: 'varchar',
    length: 64,
    name: 'app_id',
    primaryKeyConstraintName: 'pk_day_counts',
  })
  appId: string

  /** E.g. `cards.made`, `rejected.proof_used`; `folded` marks the day as counted. */
  @Purpose('what is counted')
  @PrimaryColumn({ type: 'varchar', length: 48, primaryKeyConstraintName: 'pk_day_counts' })
  what: string

  @Purpose('how often')
  @Column(int64('n'))
  n: number
}

/** How often something happened in an hour of a day that is not counted as a whole yet; see `DailyRollup`. */
@Entity('hour_counts')
@DataPolicy({ until: 'service' })
export class HourCountEntity {
  /** The hour's first millisecond. */
  @Purpose('which hour')
  @PrimaryColumn({ ...epoch('hour'), primaryKeyConstraintName: 'pk_hour_counts' })
  hour: number

  /** As in `DayCountEntity`. */
  @Purpose('in which app')
  @PrimaryColumn({
    type: 'varchar',
    length: 64,
    name: 'app_id',
    primaryKeyConstraintName: 'pk_hour_counts',
  })
  appId: string

  /** As in `DayCountEntity`; `viewers` counts those who did not come in an earlier hour of the day. */
  @Purpose('what is counted')
  @PrimaryColumn({ type: 'varchar', length: 48, primaryKeyConstraintName: 'pk_hour_counts' })
  what: string

  @Purpose('how often')
  @Column(int64('n'))
  n: number
}
