import { Inject, Injectable } from '@nestjs/common'
import type { GiveSample } from '@sealcard/protocol'
import { And, DataSource, IsNull, LessThanOrEqual, MoreThan, type Repository } from 'typeorm'
import { Vault } from '../../core/crypto/vault.js'
import { CLOCK, type Clock, CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { DoctorRunEntity, RUN_OPEN_MS } from './doctor-run.entity.js'

/** As a share's: it cannot be guessed. */
const STATE_BYTES = 32

/** What the platform gave an opener's client. */
export interface GivenSample extends GiveSample {
  /** Who opened: our id. */
  readonly viewerId: string
  /** Their user agent. */
  readonly client: string
}

const ref = (row: string, purpose: 'state' | 'sample') => ({
  table: 'h5_doctor_runs',
  row,
  purpose,
})

/** The runs of the doctor for web pages. The doctor is another process than the one that gets the sample. */
@Injectable()
export class DoctorRuns {
  readonly #rows: Repository<DoctorRunEntity>

  constructor(
    storage: DataSource,
    private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {
    this.#rows = storage.getRepository(DoctorRunEntity)
  }

  /** Opens a run. The doctor calls `wait` at least every `RUN_OPEN_MS`, or the run closes. */
  async open(appId: string): Promise<{ id: string; state: string }> {
    const id = this.random.id()
    const state = this.random.bytes(STATE_BYTES).toString('base64url')
    const sealed = this.vault.seal(ref(id, 'state'), state)
    const row = { id, appId, state: sealed, openUntil: this.#end(), sample: null, viewerId: null }
    await this.#rows.insert(row)
    return { id, state }
  }

  /** Keeps the run open, and takes the sample that was given. @returns null while there is none */
  async wait(id: string): Promise<GivenSample | null> {
    await this.#rows.update({ id }, { openUntil: this.#end() })
    const row = await this.#rows.findOneBy({ id })
    if (!row || row.sample === null || row.viewerId === null) return null
    await this.#rows.update({ id, sample: row.sample }, { sample: null, viewerId: null })
    const text = this.vault.unseal(ref(id, 'sample'), row.sample)
    return { ...(JSON.parse(text) as Omit<GivenSample, 'viewerId'>), viewerId: row.viewerId }
  }

  async close(id: string): Promise<void> {
    await this.#rows.delete({ id })
  }

  /** What the page declares. @returns null when no doctor waits for this app */
  async state(id: string, appId: string): Promise<string | null> {
    const row = await this.#rows.findOneBy(this.#waiting(id, appId))
    return row && this.vault.unseal(ref(id, 'state'), row.state)
  }

  /** @returns whether the doctor gets it; not while it has another to look at */
  async give(id: string, appId: string, { viewerId, ...sample }: GivenSample): Promise<boolean> {
    const sealed = this.vault.seal(ref(id, 'sample'), JSON.stringify(sample))
    const free = { ...this.#waiting(id, appId), sample: IsNull() }
    const { affected } = await this.#rows.update(free, { sample: sealed, viewerId })
    return affected === 1
  }

  #end(): number {
    return this.clock.now() + RUN_OPEN_MS
  }

  /** A run that a clock from ahead opened is closed, too. */
  #waiting(id: string, appId: string) {
    const now = this.clock.now()
    const soon = LessThanOrEqual(now + RUN_OPEN_MS + CLOCK_SKEW_MS)
    return { id, appId, openUntil: And(MoreThan(now), soon) }
  }
}
