import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {
  FAKE_WECHAT_SECRET,
  FAKE_WECOM_SECRET,
  SimulatorClient,
  startSimulator,
} from '@sealcard/simulator'
import { freePort } from '@sealcard/testing'
import { BffProcess, type BffOptions } from './bff-process.js'

/** Limits that never get in the way. */
export const roomy = {
  loginsPerPersonPerMinute: 1_000_000,
  loginsPerAddressPerMinute: 1_000_000,
  cardsPerPersonPerMinute: 1_000_000,
  cardsPerPersonPerDay: 1_000_000,
  sharesPerPersonPerMinute: 1_000_000,
  openingsPerPersonPerMinute: 1_000_000,
  adminGuessesPerMinute: 1_000_000,
  requestsPerAddressPerSecond: 1_000_000,
}

/**
 * The built service and local platforms in memory; no phones with screens.
 * @param oneTime the service lives by the simulator's time, as with `npm start`
 */
export const startLeanStack = async (options: Partial<BffOptions> = {}, oneTime = false) => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'sealcard-lean-'))
  const clockFile = path.join(dir, 'clock.json')
  const simulator = await startSimulator({ seed: 'demo', ...(oneTime && { clockFile }) })
  const another = async (more: Partial<BffOptions> = {}) =>
    new BffProcess({
      dir,
      port: await freePort(),
      simulatorUrl: simulator.url,
      secrets: { wechat: FAKE_WECHAT_SECRET, wecom: FAKE_WECOM_SECRET },
      ...options,
      ...more,
      env: { ...(oneTime && { SEALCARD_CLOCK_FILE: clockFile }), ...options.env, ...more.env },
      config: { limits: roomy, ...options.config, ...more.config },
    })
  const bff = await another()
  await bff.start()
  return {
    simulator,
    control: new SimulatorClient(simulator.url),
    bff,
    dir,
    /** A further process over the same database, not started. */
    another,
    stop: async () => {
      await bff.stop('SIGKILL')
      await simulator.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export type LeanStack = Awaited<ReturnType<typeof startLeanStack>>
