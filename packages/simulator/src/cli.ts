import { parseArgs } from 'node:util'
import { consoleLog } from './adapters/system.js'
import { fakeApps } from './fake-apps.js'
import { startSimulator } from './start-simulator.js'

const HELP = `sealcard-simulator: a local WeChat and WeCom (本地的微信与企业微信)

  --port <n>                 port to listen on (default 3100; 0: any)
  --host <address>           address to listen on (default 127.0.0.1)
  --data <dir>               folder that keeps the world (default: in memory)
  --weapp <dist dir>         compiled weapp package for the phones
  --domain <https://a=http://b>  what the mini-program's requests to a really reach; repeatable
  --wechat-appid, --wechat-secret, --wecom-corpid, --wecom-agentid, --wecom-secret
  --empty                    start a new world without the demo's people
  --help
`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3100' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string' },
    weapp: { type: 'string' },
    domain: { type: 'string', multiple: true, default: [] },
    'wechat-appid': { type: 'string' },
    'wechat-secret': { type: 'string' },
    'wecom-corpid': { type: 'string' },
    'wecom-agentid': { type: 'string' },
    'wecom-secret': { type: 'string' },
    empty: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const appsFromOptions = () => {
  const apps = fakeApps()
  const [wechat, wecom] = [apps.wechat[0], apps.wecom[0]]
  if (!wechat || !wecom) throw new Error('no apps')
  wechat.appid = values['wechat-appid'] ?? wechat.appid
  wechat.secret = values['wechat-secret'] ?? wechat.secret
  wecom.corpid = values['wecom-corpid'] ?? wecom.corpid
  wecom.agentid = Number(values['wecom-agentid'] ?? wecom.agentid)
  wecom.secret = values['wecom-secret'] ?? wecom.secret
  wecom.miniProgram = wechat.appid
  return apps
}

const domainsFromOptions = (): Record<string, string> =>
  Object.fromEntries(
    values.domain.map((pair) => {
      const [from = '', to = ''] = pair.split('=', 2)
      if (!URL.canParse(from) || !URL.canParse(to)) {
        throw new Error(`--domain ${pair}: must be https://name=http://address`)
      }
      return [from, to]
    }),
  )

const main = async (): Promise<void> => {
  if (values.help) {
    process.stdout.write(HELP)
    return
  }
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port ${values.port}: must be 0 to 65535`)
  }
  const simulator = await startSimulator({
    port,
    host: values.host,
    ...(values.data === undefined ? {} : { data: values.data }),
    ...(values.weapp === undefined ? {} : { weapp: values.weapp }),
    domains: domainsFromOptions(),
    apps: appsFromOptions(),
    seed: values.empty ? 'empty' : 'demo',
    log: consoleLog,
  })
  consoleLog.info(
    `sealcard-simulator ready: ${simulator.url}/ (control: ${simulator.url}/simulator/)`,
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close().then(() => process.exit(0)))
  }
}

main().catch((error: unknown) => {
  consoleLog.warn(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
