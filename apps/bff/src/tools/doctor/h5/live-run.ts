import type { AppConfig } from '../../../core/config/config.js'
import type { Timers } from '../../../core/ports/timers.js'
import { MINUTE, SECOND } from '../../../core/time.js'
import type { ViewerRepository } from '../../../members/sessions/viewer.repository.js'
import { DoctorRuns, type GivenSample } from '../../../members/web-doctor/doctor-runs.js'
import { type Judge, type Trial, tryKeys, unreadable } from './key-trials.js'
import { liveMaterials, type Parts, ticketAge } from './live-materials.js'

/** How long people have to share and to open. */
export const WAIT_MS = 10 * MINUTE
const LOOK_MS = SECOND

export interface Examined {
  readonly sample: GivenSample
  /** Of the app's own ticket, ms. */
  readonly ticketAge: number | undefined
  /** Empty where the sample is damaged: see `unreadable`. */
  readonly trials: readonly Trial[]
}

/** Finds a person's name of the platform. */
interface WithViewers extends Parts {
  readonly viewers: Pick<ViewerRepository, 'keyOf'>
}

/**
 * Waits for samples from the page. While it waits, two routes of the service are open for it; they close with it.
 * @param told gets the id of the run, before anything is waited for
 * @param look judges a sample; when it answers true, the run ends
 */
export const runLive = async (
  parts: WithViewers,
  { app, judge, timers }: { app: AppConfig; judge: Judge; timers: Timers },
  told: (runId: string) => void,
  look: (examined: Examined) => boolean,
): Promise<void> => {
  const { storage, vault, clock, random, viewers } = parts
  const runs = new DoctorRuns(storage, vault, clock, random)
  const { id, state } = await runs.open(app.id)
  try {
    const end = clock.now() + WAIT_MS
    told(id)
    while (clock.now() < end) {
      const sample = await runs.wait(id)
      if (!sample) await timers.sleep(LOOK_MS)
      else {
        const curReceiver = (await viewers.keyOf(sample.viewerId)) ?? ''
        const materials = await liveMaterials(parts, app, sample.viewerId)
        const expected = { state, curReceiver }
        const trials = unreadable(sample) ? [] : tryKeys(judge, sample, materials, expected)
        const age = await ticketAge(parts, app)
        if (look({ sample, trials, ticketAge: age })) return
      }
    }
  } finally {
    await runs.close(id)
  }
}
