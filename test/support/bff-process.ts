import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { replaceFile } from './replace-file.js'

const built = path.resolve(__dirname, '../../apps/bff/dist')

export interface BffOptions {
  dir: string
  port: number
  simulatorUrl: string
  secrets: { wechat: string; wecom: string }
  /** Merged over the configuration file. */
  config?: Record<string, unknown>
  /** Subscription templates of the WeChat app; the phones know those of the simulator's settings. */
  templates?: Record<string, unknown>
  /** The page of the mini-program that opens cards. */
  openPath?: string
  /** Of the WeChat app. */
  webhooks?: readonly unknown[]
  env?: Record<string, string>
  /** Of its database's URL, e.g. `?checkpoint_pages=20`. */
  databaseOptions?: string
  /** As many modules, of which a test changes one before the service is loaded. */
  modules?: boolean
}

/** The built service in a process of its own, as an operator runs it. */
export class BffProcess {
  #child: ChildProcess | null = null
  readonly adminToken = 'admin-token-of-the-end-to-end-tests-0001'
  #said = ''

  constructor(private readonly options: BffOptions) {}

  get url(): string {
    return `http://127.0.0.1:${this.options.port}`
  }

  get pid(): number {
    if (!this.#child?.pid) throw new Error('the BFF is not running')
    return this.#child.pid
  }

  /** Of the last life; null while it runs, or when a signal ended it. */
  get exitCode(): number | null {
    return this.#child?.exitCode ?? null
  }

  /** What a command of the service's needs to speak to the same database. */
  get env(): NodeJS.ProcessEnv {
    return { ...process.env, ...this.#environment() }
  }

  /** Everything it printed, over all its lives. */
  get output(): string {
    return this.#said
  }

  async start(): Promise<void> {
    const entry = this.options.modules ? 'app/main.js' : 'main.js'
    const child = spawn(process.execPath, [path.join(built, entry)], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    const from = this.#said.length
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: string) => {
        this.#said += chunk
        if (/ready on http/.test(this.#said.slice(from))) resolve()
      }
      child.stdout.setEncoding('utf8').on('data', hear)
      child.stderr.setEncoding('utf8').on('data', hear)
      child.once('exit', (code) =>
        reject(new Error(`the BFF ended with ${code}:\n${this.#said.slice(from)}`)),
      )
    })
  }

  /** SIGTERM by default; SIGKILL is a crash. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    // All that it said has been read then, too.
    const exited = once(child, 'close')
    child.kill(signal)
    await exited
  }

  async restart(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.stop(signal)
    await this.start()
  }

  #environment(): Record<string, string> {
    const { dir, port, simulatorUrl, secrets, config = {}, env = {} } = this.options
    const { databaseOptions = '', templates, openPath, webhooks } = this.options
    const file = path.join(dir, 'sealcard.config.json')
    const apps = demoApps(simulatorUrl, { templates, openPath, webhooks })
    // A command that was started a moment ago may be reading it.
    replaceFile(file, JSON.stringify({ ...apps, ...config }))
    return {
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: String(port),
      SEALCARD_CONFIG: file,
      DATABASE_URL: `sqlite:${path.join(dir, 'sealcard.sqlite')}${databaseOptions}`,
      SEALCARD_KEYRING: `k1:${Buffer.alloc(32, 'e2e keyring').toString('base64')}`,
      SEALCARD_ADMIN_TOKEN: this.adminToken,
      WECHAT_SECRET: secrets.wechat,
      WECOM_SECRET: secrets.wecom,
      ...env,
    }
  }
}

const demoApps = (
  simulatorUrl: string,
  more: { readonly [K in 'templates' | 'openPath' | 'webhooks']: BffOptions[K] | undefined },
) => ({
  apps: [
    {
      id: 'demo-wechat',
      platform: 'wechat',
      appid: 'wx0000000000000001',
      secret: { env: 'WECHAT_SECRET' },
      apiBase: `${simulatorUrl}/api.weixin.qq.com`,
      ...more,
    },
    {
      id: 'demo-wecom',
      platform: 'wecom',
      corpid: 'ww0000000000000001',
      agentid: 1000002,
      secret: { env: 'WECOM_SECRET' },
      apiBase: `${simulatorUrl}/qyapi.weixin.qq.com`,
      openPath: more.openPath,
    },
  ],
})
