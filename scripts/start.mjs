// Builds what is stale, then runs the local platforms and the BFF until Ctrl-C. With the name of an example, the phones
// have its mini-program. The back-end of `orders` runs, too.
import { main as build } from './build.mjs'
import { firstConsoleLink } from './lib/demo-console.mjs'
import {
  clockFileOf,
  DEMO,
  demoEnvironment,
  registerBot,
  registerPage,
  shopEnvironment,
} from './lib/demo-config.mjs'
import { buildExample, EXAMPLES } from './lib/examples.mjs'
import { at } from './lib/paths.mjs'
import { freePort } from './lib/ports.mjs'
import { service } from './lib/service.mjs'

const HOST = '127.0.0.1'

export const main = async ([what] = []) => {
  if (what !== undefined && !Object.hasOwn(EXAMPLES, what)) {
    const names = Object.keys(EXAMPLES).join('", "')
    console.error(`npm start shows "${names}", or nothing; not "${what}"`)
    return 2
  }
  const orders = what === 'orders'
  const failed = await build([], { quiet: true })
  if (failed) return failed

  const simulatorPort = await freePort(Number(process.env.SIMULATOR_PORT ?? 3100))
  const bffPort = await freePort(Number(process.env.PORT ?? 3000))
  const simulatorUrl = `http://${HOST}:${simulatorPort}`
  const bffUrl = `http://${HOST}:${bffPort}`
  const dir = process.env.SEALCARD_DATA ?? at(what ? `.sealcard/${what}` : '.sealcard')
  // The local platforms' secrets are obviously fake and the same everywhere; the sealing keys are this machine's own.
  const fake = await import('../packages/simulator/dist/fake-apps.js')
  const env = demoEnvironment(dir, simulatorUrl, {
    wechat: fake.FAKE_WECHAT_SECRET,
    wecom: fake.FAKE_WECOM_SECRET,
    openPath: EXAMPLES[what]?.openPath,
    orders,
  })
  const shopUrl = `http://${HOST}:${await freePort(Number(process.env.SHOP_PORT ?? 3200))}`

  const running = []
  let firstLink
  const stop = async () => {
    for (const one of running.reverse()) await one.stop()
  }
  try {
    const weapp = what ? buildExample(what, dir) : at('apps/mini/dist')
    const domains = { [DEMO.bffUrl]: bffUrl, ...(orders && { [DEMO.shopUrl]: shopUrl }) }
    const args = simulatorArgs(dir, simulatorPort, weapp, domains)
    running.push(service('the simulator', args, {}))
    await running[0].ready
    running.push(
      service('the BFF', ['--enable-source-maps', 'apps/bff/dist/main.js'], {
        ...env,
        HOST,
        PORT: String(bffPort),
      }),
    )
    await running[1].ready
    await registerBot(simulatorUrl, bffUrl, env)
    await registerPage(simulatorUrl)
    firstLink = await firstConsoleLink(bffUrl, env.SEALCARD_ADMIN_TOKEN)
    if (orders) {
      const shop = await shopEnvironment({ simulatorUrl, bffUrl, shopUrl, env })
      running.push(service('the shop', ['examples/order-server/main.mjs'], shop))
      await running.at(-1).ready
    }
  } catch (error) {
    console.error(error.message)
    await stop()
    return 1
  }

  console.log(`
  封笺 Sealcard

  手机 phones    ${simulatorUrl}
  BFF            ${bffUrl}   (${bffUrl}/docs)
  后台 console   ${bffUrl}/console
${
  firstLink === null
    ? ''
    : `  第一次登录后台：打开这个一次性链接，设置密码。 The first log-in: set a password by this one-time link.
                 ${firstLink}
`
}  数据 data      ${dir}

  Ctrl-C 结束 stops it; 下次启动数据仍在 the data stays.
`)
  const ended = Promise.race(running.map((one) => one.exited.then(() => 'ended')))
  const asked = new Promise((resolve) =>
    ['SIGINT', 'SIGTERM'].forEach((s) => process.once(s, () => resolve('asked'))),
  )
  const why = await Promise.race([asked, ended])
  if (why === 'ended') console.error('One of the processes ended; stopping the other.')
  await stop()
  return why === 'asked' ? 0 : 1
}

const simulatorArgs = (dir, port, weapp, domains) => [
  'packages/simulator/bin/sealcard-simulator.mjs',
  ...['--host', HOST, '--port', String(port), '--data', `${dir}/simulator`],
  ...['--weapp', weapp, '--clock-file', clockFileOf(dir)],
  ...Object.entries(domains).flatMap(([name, url]) => ['--domain', `${name}=${url}`]),
  ...[
    '--wechat-appid',
    DEMO.wechat.appid,
    '--wecom-corpid',
    DEMO.wecom.corpid,
    '--wecom-agentid',
    String(DEMO.wecom.agentid),
  ],
]
