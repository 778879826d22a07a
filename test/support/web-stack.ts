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
import { roomy } from './lean-stack.js'

/** Of the page and the API, in the simulated world. */
export const WEB_ORIGIN = 'https://cards.example.com'
export const WEB_APP = 'demo-wecom'
const CORPID = 'ww0000000000000001'
const AGENTID = 1000002

/** The configuration of the WeCom app with its web page. */
export const webApp = (simulatorUrl: string, h5: Record<string, unknown> = {}) => ({
  id: WEB_APP,
  platform: 'wecom',
  corpid: CORPID,
  agentid: AGENTID,
  secret: { env: 'WECOM_SECRET' },
  apiBase: `${simulatorUrl}/qyapi.weixin.qq.com`,
  h5: { origin: WEB_ORIGIN, keyDerivation: 'url16', ...h5 },
})

interface WebStackOptions extends Partial<BffOptions> {
  /** Merged over the app's `h5`. */
  readonly h5?: Record<string, unknown>
}

/** The built service behind the host of its web page, and local platforms in memory. */
export const startWebStack = async ({ h5, ...options }: WebStackOptions = {}) => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'sealcard-web-'))
  const port = await freePort()
  const domains = { [WEB_ORIGIN]: `http://127.0.0.1:${port}` }
  const simulator = await startSimulator({ seed: 'demo', domains })
  const control = new SimulatorClient(simulator.url)
  await control.setWeb({ home: `${WEB_ORIGIN}/h5/` })
  const bff = new BffProcess({
    dir,
    port,
    simulatorUrl: simulator.url,
    secrets: { wechat: FAKE_WECHAT_SECRET, wecom: FAKE_WECOM_SECRET },
    ...options,
    config: { limits: roomy, apps: [webApp(simulator.url, h5)], ...options.config },
  })
  await bff.start()
  return {
    simulator,
    control,
    bff,
    dir,
    stop: async () => {
      await bff.stop('SIGKILL')
      await simulator.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export type WebStack = Awaited<ReturnType<typeof startWebStack>>
