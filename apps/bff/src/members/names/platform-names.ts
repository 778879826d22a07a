import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Bulkhead } from '../../core/concurrency/bulkhead.js'
import { settledAtShutdown, withDeadline } from '../../core/concurrency/deadline.js'
import { cleanName, shortName } from '../../core/person-name.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { TIMERS, type Timers } from '../../core/ports/timers.js'
import { DAY } from '../../core/time.js'
import { GroupedRead } from '../../database/grouped-read.js'
import { integer, nullable, Statements, text } from '../../database/statements.js'
import { Apps, PlatformClients } from '../../platforms/registry/platforms.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import { NamePolicy } from './name-policy.js'
import { NameStore } from './name-store.js'

/** How long a name counts before a login asks the platform again; also that there is none. */
const KEPT_MS = DAY
/** How long a login waits for it. The name may come later: nothing else depends on it. */
export const NAME_WAIT_MS = 1_200
/** Questions of one process to the platform at once, and how many more wait. */
const AT_ONCE = 8
const WAITING = 256
/** WeCom's longest name (90195). */
const MAX_CHARACTERS = 64

/** What a login needs of the person. */
interface Row {
  readonly n: number
  readonly appId: string
  readonly sealedKey: string
  readonly nameFrom: string | null
  readonly namedAt: number | null
}

/** Names from the platform's directory. A name that does not come changes nothing for the person. */
@Injectable()
export class PlatformNames implements OnApplicationShutdown {
  /** By person: logins on two devices at once ask once. */
  readonly #asked = new Map<string, Promise<void>>()
  readonly #bulkhead = new Bulkhead(AT_ONCE, WAITING)
  readonly #rows: GroupedRead<string, Row>

  constructor(
    storage: DataSource,
    private readonly apps: Apps,
    private readonly policy: NamePolicy,
    private readonly viewers: ViewerRepository,
    private readonly names: NameStore,
    private readonly platforms: PlatformClients,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(TIMERS) private readonly timers: Timers,
  ) {
    const sql = new Statements(storage)
    this.#rows = new GroupedRead(
      sql.read<Row>(
        `SELECT given.n, v.app_id AS "appId", v.sealed_key AS "sealedKey",
          v.name_from AS "nameFrom", v.named_at AS "namedAt"
        FROM ${sql.given(1, { n: 'int', id: 'varchar' })} JOIN viewers AS v ON v.id = given.id`,
        {
          n: integer,
          appId: text,
          sealedKey: text,
          nameFrom: nullable(text),
          namedAt: nullable(integer),
        },
      ),
      (id) => [id],
    )
  }

  /** Of a person who logged in. It never fails, and takes a second at most. */
  async loggedIn(viewerId: string): Promise<void> {
    const asked = this.#asked.get(viewerId) ?? this.#ask(viewerId)
    await withDeadline(this.timers, NAME_WAIT_MS, asked).catch(() => {})
  }

  async onApplicationShutdown(): Promise<void> {
    this.#bulkhead.rejectWaiting()
    await settledAtShutdown(this.timers, Promise.allSettled(this.#asked.values()))
  }

  #ask(viewerId: string): Promise<void> {
    // What fails is counted where the platform is called. A later login asks again.
    const asked = this.#refresh(viewerId)
      .catch(() => {})
      .finally(() => this.#asked.delete(viewerId))
    this.#asked.set(viewerId, asked)
    return asked
  }

  async #refresh(viewerId: string): Promise<void> {
    const row = await this.#rows.first(viewerId)
    const app = row && this.apps.find(row.appId)
    if (!app || this.policy.of(app) !== 'platform' || this.#isFresh(row)) return
    const viewerKey = this.viewers.unsealed(viewerId, row.sealedKey)
    const arrival = { key: app.id, most: AT_ONCE }
    const given = await this.#bulkhead.run(arrival, async () =>
      this.platforms.of(app).nameOf?.(app, viewerKey),
    )
    const name = given ? cleanName(given) : null
    await this.names.put(viewerId, name && shortName(name, MAX_CHARACTERS), 'platform')
  }

  #isFresh({ nameFrom, namedAt }: Row): boolean {
    if (nameFrom !== 'platform' || namedAt === null) return false
    const age = this.clock.now() - namedAt
    // A time that lies ahead was written by a wrong clock.
    return age >= 0 && age < KEPT_MS
  }
}
