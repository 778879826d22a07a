import { parseArgs } from 'node:util'
import { consoleLog, patientTimer } from './adapters/system.js'
import { botCommand } from './bots/command.js'
import { fakeApps } from './fake-apps.js'
import { startSimulator } from './start-simulator.js'
import type { WecomWeb } from './world/records.js'
import type { Apps } from './world/world.js'

const HELP = `sealcard-simulator: a local WeChat and WeCom (本地的微信与企业微信)

  --port <n>                     port to listen on (default 3100; 0: any)
  --host <address>               address to listen on (default 127.0.0.1)
  --data <dir>                   folder that keeps the world (default: in memory)
  --weapp <dist dir>             compiled weapp package for the phones
  --domain <https://a=http://b>  what the mini-program's requests to a really reach; repeatable
  --clock-file <file>            kept as the world's time, for a service in development to read
  --web <https://a/page>         the WeCom app's web page (H5): what the workbench opens; its host is trusted
  --wechat-appid, --wechat-secret, --wecom-corpid, --wecom-agentid, --wecom-secret
                                 instead of the fake ones
  --empty                        start a new world without the demo's people
  --help

sealcard-simulator bot --help    talk to a smart bot server as WeCom would (与智能机器人服务对话)
`

const readOptions = () =>
  parseArgs({
    options: {
      port: { type: 'string', default: '3100' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      weapp: { type: 'string' },
      domain: { type: 'string', multiple: true, default: [] },
      'clock-file': { type: 'string' },
      web: { type: 'string' },
      'wechat-appid': { type: 'string' },
      'wechat-secret': { type: 'string' },
      'wecom-corpid': { type: 'string' },
      'wecom-agentid': { type: 'string' },
      'wecom-secret': { type: 'string' },
      empty: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values

type Options = ReturnType<typeof readOptions>

const webOf = (home: string): WecomWeb => {
  if (!/^https?:\/\//.test(home) || !URL.canParse(home)) {
    throw new Error(`--web ${home}: must be an address, https://…`)
  }
  return { home, domain: new URL(home).host }
}

const appsOf = (options: Options): Apps => {
  const apps = fakeApps()
  const appid = options['wechat-appid']
  const agentid = options['wecom-agentid']
  if (agentid !== undefined && !/^\d+$/.test(agentid)) {
    throw new Error(`--wecom-agentid ${agentid}: must be a number`)
  }
  return {
    wechat: apps.wechat.map((app) => ({
      ...app,
      appid: appid ?? app.appid,
      secret: options['wechat-secret'] ?? app.secret,
    })),
    wecom: apps.wecom.map((app) => ({
      ...app,
      corpid: options['wecom-corpid'] ?? app.corpid,
      agentid: agentid === undefined ? app.agentid : Number(agentid),
      secret: options['wecom-secret'] ?? app.secret,
      miniProgram: appid ?? app.miniProgram,
      ...(options.web === undefined ? {} : { web: webOf(options.web) }),
    })),
  }
}

const domainsOf = (pairs: string[]): Record<string, string> =>
  Object.fromEntries(
    pairs.map((pair) => {
      const [from = '', to = ''] = pair.split('=', 2)
      if (!URL.canParse(from) || !URL.canParse(to)) {
        throw new Error(`--domain ${pair}: must be https://name=http://address`)
      }
      return [from, to]
    }),
  )

const portOf = (text: string): number => {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port ${text}: must be 0 to 65535`)
  }
  return port
}

const main = async (): Promise<void> => {
  if (process.argv[2] === 'bot') {
    const print = (line: string): void => consoleLog.info(line)
    process.exit(await botCommand(process.argv.slice(3), print, { timer: patientTimer }))
  }
  const options = readOptions()
  if (options.help) {
    process.stdout.write(HELP)
    return
  }
  const simulator = await startSimulator({
    port: portOf(options.port),
    host: options.host,
    ...(options.data === undefined ? {} : { data: options.data }),
    ...(options.weapp === undefined ? {} : { weapp: options.weapp }),
    ...(options['clock-file'] === undefined ? {} : { clockFile: options['clock-file'] }),
    domains: domainsOf(options.domain),
    apps: appsOf(options),
    seed: options.empty ? 'empty' : 'demo',
    log: consoleLog,
  })
  consoleLog.info(`sealcard-simulator ready: ${simulator.url}/`)
  const stop = (): void => {
    void simulator.close().then(() => process.exit(0))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

main().catch((error: unknown) => {
  consoleLog.warn(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
