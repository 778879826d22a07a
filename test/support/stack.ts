import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import {
  FAKE_WECHAT_SECRET,
  FAKE_WECOM_SECRET,
  SimulatorClient,
  startSimulator,
  type Simulator,
} from '@sealcard/simulator'
import { freePort } from '@sealcard/testing'
import { BffProcess, type BffOptions } from './bff-process.js'

export const weappDir = path.resolve(__dirname, '../../apps/mini/dist')
const BFF_NAME = 'https://bff.sealcard.example'

/** The whole product on this machine: local platforms, the built BFF, a scratch folder. */
export interface Stack {
  simulator: Simulator
  control: SimulatorClient
  bff: BffProcess
  dir: string
  stop(): Promise<void>
}

export const startStack = async (
  bffOptions: Partial<BffOptions> = {},
  weapp = weappDir,
): Promise<Stack> => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'sealcard-e2e-'))
  const port = await freePort()
  const simulator = await startSimulator({
    data: path.join(dir, 'simulator'),
    seed: 'demo',
    weapp,
    domains: { [BFF_NAME]: `http://127.0.0.1:${port}` },
  })
  const bff = new BffProcess({
    dir,
    port,
    simulatorUrl: simulator.url,
    secrets: { wechat: FAKE_WECHAT_SECRET, wecom: FAKE_WECOM_SECRET },
    ...bffOptions,
  })
  await bff.start()
  return {
    simulator,
    control: new SimulatorClient(simulator.url),
    bff,
    dir,
    stop: async () => {
      await bff.stop()
      await simulator.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
