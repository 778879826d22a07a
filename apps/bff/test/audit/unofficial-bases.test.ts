import { FakeProxy } from '@sealcard/testing'
import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import type { Config } from '../../src/core/config/config.js'
import { Secret } from '../../src/core/config/secret.js'
import { wecomBots } from '../../src/platforms/wecom/wecom-bots.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { WECOM } from '../kit/config.js'
import { DoctorFixture, findingsOf } from '../kit/doctor-fixture.js'
import { wecomApp } from '../kit/sample-config.js'
import { startOutput } from '../kit/start-output.js'

const RELAY = 'https://relay.example.com:8443/wecom'
let doctor: DoctorFixture
beforeAll(async () => {
  doctor = await DoctorFixture.open()
})
afterAll(() => doctor.close())

const throughRelay = (config: Config): Config => ({
  ...config,
  server: { host: '127.0.0.1', port: 0 },
  apps: config.apps.map((app) =>
    app.id === WECOM ? { ...app, apiBase: RELAY, unofficialApiBase: true } : app,
  ),
})

test('each start logs and records a host that is not the platform’s', async () => {
  const config = throughRelay(doctor.healthy().config)
  for (let starts = 0; starts < 2; starts++) {
    const { code, out } = await startOutput(config)
    expect(code).toBeNull()
    expect(out).toContain(`(production; ${WECOM} at relay.example.com:8443 by unofficialApiBase)\n`)
  }
  const storage = await createDataSource(config.database).initialize()
  const entries = await storage.manager.findBy(AuditEntryEntity, { kind: 'app.apiBase' })
  await storage.destroy()
  const entry = {
    actor: 'config',
    subject: WECOM,
    decision: 'unofficial',
    reason: 'host=relay.example.com:8443',
  }
  expect(entries).toMatchObject([entry, entry])
})

test('nothing of the kind is recorded where all apps speak to the platforms', async () => {
  const { config } = doctor.healthy()
  await startOutput({ ...config, server: { host: '127.0.0.1', port: 0 } })
  const storage = await createDataSource(config.database).initialize()
  expect(await storage.manager.countBy(AuditEntryEntity, { kind: 'app.apiBase' })).toBe(0)
  await storage.destroy()
})

test('the doctor warns of it', async () => {
  const installation = doctor.healthy()
  installation.config.apps.forEach((app) => {
    if (app.id === WECOM) app.unofficialApiBase = true
  })
  const findings = await findingsOf(installation)
  const host = new URL(doctor.platform.base).host
  expect(findings.filter(({ status }) => status !== 'ok')).toEqual([
    {
      check: 'production',
      about: WECOM,
      status: 'warning',
      code: 'unofficial-api-base',
      what: `the calls of this app, and the secrets in them, go to ${host} instead of the platform`,
      todo: 'See that this host is yours; otherwise remove apiBase and unofficialApiBase.',
    },
  ])
})

test('the doctor asks by the proxy, names it without its password, and shows what it refuses', async () => {
  const proxy = await FakeProxy.start(doctor.platform.base)
  const installation = doctor.healthy()
  const { httpProbe } = await import('../../src/tools/doctor/adapters/system-outside.js')
  installation.outside = { ...installation.outside, http: httpProbe }
  const [app] = installation.config.apps
  if (!app) throw new Error('no app')
  app.apiBase = 'http://api.platform.invalid/prefix'
  app.proxy = new Secret(`http://u:s1@${proxy.at}`)
  installation.config.apps = [app]
  const found = async () =>
    (await findingsOf(installation)).filter(({ check }) => check === 'platforms')
  expect((await found()).map(({ what }) => what)).toContain(
    `api.platform.invalid answers by the proxy ${proxy.at}`,
  )
  expect(proxy.asked.every(({ target }) => target === 'api.platform.invalid:80')).toBe(true)
  proxy.refuse = 407
  expect(await found()).toMatchObject([
    {
      status: 'wrong',
      code: 'proxy',
      what: `the proxy ${proxy.at} makes no way to api.platform.invalid (407)`,
    },
  ])
  await proxy.stop()
  expect(await found()).toMatchObject([
    {
      status: 'wrong',
      code: 'proxy',
      what: `no connection to api.platform.invalid by the proxy ${proxy.at} (ECONNREFUSED)`,
    },
  ])
})

test('behind a relay, the platform’s own address of a later answer is understood, and no other', () => {
  const url = (base: string) => `${base}/cgi-bin/aibot/response?response_code=c`
  const own = wecomApp(RELAY)
  const meant = { ...own, unofficialApiBase: true }
  const { replyQuery } = wecomBots
  expect(replyQuery(meant, url('https://qyapi.weixin.qq.com'))).toEqual({ response_code: 'c' })
  expect(replyQuery(meant, url(RELAY))).toEqual({ response_code: 'c' })
  expect(replyQuery(meant, url('https://other.example.com'))).toBeUndefined()
  expect(replyQuery(own, url('https://qyapi.weixin.qq.com'))).toBeUndefined()
})
