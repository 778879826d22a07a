import { Inject, Injectable } from '@nestjs/common'
import { AuditLog, type AuditedTransaction } from '../../audit/audit-log.js'
import { transactGroup } from '../../audit/transact-group.js'
import { Grouped, type Settled, settled } from '../../core/concurrency/grouped.js'
import { CONFIG, type Config } from '../../core/config/config.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import { Metrics } from '../../observability/metrics.js'
import { CardContent } from '../cards/card-content.js'
import { GroupJudgement, type JudgementTools, type OpeningResult } from './group-judgement.js'
import { GroupReader } from './group-reader.js'
import type { Attempt } from './group-state.js'
import { GroupWriter } from './group-writer.js'
import { OpeningIds } from './opening-ids.js'
import { AuditThrottle } from './audit-throttle.js'

/** Members of one group. Its transaction holds the writer for some tens of milliseconds then. */
const MOST = 128
/** Of one person in a group: a person who floods waits for themselves. */
const MOST_OF_ONE = 8

/**
 * Judges openings in groups. Openings that arrive while a transaction is under way share the next one. Each is decided as
 * if it came alone, in the order of arrival. A revocation, a second use of a proof or a lockout counts from its commit on.
 * See docs/adr/0018-openings-are-judged-in-groups.md.
 */
@Injectable()
export class OpeningJudge {
  readonly #groups: Grouped<Attempt, OpeningResult>
  readonly #tools: Omit<JudgementTools, 'newId' | 'throttle'>
  readonly #throttle = new AuditThrottle()
  readonly #ids: OpeningIds

  constructor(
    private readonly audit: AuditLog,
    private readonly reader: GroupReader,
    private readonly writer: GroupWriter,
    content: CardContent,
    @Inject(CONFIG) { limits }: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) random: Random,
    metrics: Metrics,
  ) {
    this.#tools = {
      limits,
      release: (grant, card) => content.release(grant, card),
    }
    this.#ids = new OpeningIds(random)
    const fair = { whose: ({ me }: Attempt) => me.viewerId, most: MOST_OF_ONE }
    const sizes = metrics.histogram(
      'sealcard_openings_group_size',
      'Openings that shared one transaction',
      [1, 2, 4, 8, 16, 32, 64, MOST],
    )
    this.#groups = new Grouped({ most: MOST, fair }, (group) => {
      sizes.observe(group.length)
      return this.judgeGroup(group)
    })
  }

  /** @returns once it is committed @throws DomainError ERR_SESSION; what the storage throws */
  judge(attempt: Attempt): Promise<OpeningResult> {
    return this.#groups.ask(attempt)
  }

  /** One transaction for all. A member that the database refuses fails alone. */
  judgeGroup(group: readonly Attempt[]): Promise<readonly Settled<OpeningResult>[]> {
    return transactGroup(
      this.audit,
      group,
      (transaction, part) => this.#judge(transaction, part),
      // Another process used a proof first. The group runs again, and finds its row.
      isUniqueViolation,
    )
  }

  async #judge(
    { manager, record, afterCommit }: AuditedTransaction,
    group: readonly Attempt[],
  ): Promise<readonly Settled<OpeningResult>[]> {
    await this.reader.hold(manager, group, this.clock.now())
    // Not earlier: the statement above may wait for rows, and a session may end in that time.
    const now = this.clock.now()
    const state = await this.reader.read(manager, group, this.#tools.limits, now)
    const judgement = new GroupJudgement(state, now, {
      ...this.#tools,
      newId: this.#ids.at(now),
      throttle: this.#throttle.during({ afterCommit }, now),
    })
    const results = group.map((attempt) => settled(() => judgement.judge(attempt)))
    await this.writer.write(manager, judgement.changes, now)
    for (const fact of judgement.changes.facts) record(fact)
    return results
  }
}
