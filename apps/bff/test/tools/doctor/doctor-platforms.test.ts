import { faults } from '@sealcard/testing'
import { WECHAT, WECOM } from '../../kit/config.js'
import {
  DoctorFixture,
  examine,
  findingsOf,
  GETTOKEN,
  QY_CODE,
  STABLE,
  WX_CODE,
} from '../../kit/doctor-fixture.js'

let doctor: DoctorFixture

beforeAll(async () => {
  doctor = await DoctorFixture.open()
})
afterAll(() => doctor.close())

describe('explains what a platform answers', () => {
  const ip =
    'invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 62de9a0b-7149b5f1'
  const wecomIp =
    'not allow to access from your ip, hint: [1576065934_28_e0fa], from ip: 203.0.113.7, more info at https://open.work.weixin.qq.com/devtool/query?e=60020'

  test.each([
    [WECHAT, STABLE, 40164, ip, 'ip-not-allowed', /203\.0\.113\.7 .*40164.*IP 白名单/],
    [WECHAT, STABLE, 40125, 'invalid appsecret', 'secret-wrong', /40125/],
    [WECHAT, STABLE, 40001, 'invalid credential', 'secret-wrong', /40001/],
    [WECHAT, STABLE, 40013, 'invalid appid', 'appid-wrong', /appid/],
    [WECHAT, STABLE, 89503, 'confirm', 'needs-confirmation', /[Cc]onfirm/],
    [WECHAT, STABLE, 40243, 'frozen', 'secret-frozen', /[Uu]nfreeze/],
    [WECHAT, STABLE, 99999, 'something new', 'errcode', /99999: something new/],
    [WECHAT, WX_CODE, 40125, 'invalid appsecret', 'secret-wrong', /jscode2session/],
    [WECOM, GETTOKEN, 40001, 'invalid credential', 'secret-wrong', /gettoken/],
    [WECOM, GETTOKEN, 40013, 'invalid corpid', 'corpid-wrong', /corpid/],
    [WECOM, GETTOKEN, 40091, 'x', 'secret-of-another-corp', /corp/],
    [WECOM, GETTOKEN, 60020, wecomIp, 'ip-not-allowed', /203\.0\.113\.7 .*60020.*企业可信IP/],
    [WECOM, QY_CODE, 60020, wecomIp, 'ip-not-allowed', /miniprogram\/jscode2session/],
    [WECOM, QY_CODE, 40014, 'invalid access_token', 'token-of-another-app', /linked to/],
    [WECOM, QY_CODE, 50003, 'x', 'app-disabled', /[Ee]nable/],
  ])('%s %s %i', async (app, operation, errcode, errmsg, code, detail) => {
    const installation = doctor.healthy()
    installation.config = {
      ...installation.config,
      apps: installation.config.apps.filter(({ id }) => id === app),
    }
    doctor.platform.on(operation, { errcode, errmsg })
    const found = (await findingsOf(installation)).filter(({ status }) => status === 'wrong')
    expect(found).toEqual([expect.objectContaining({ check: 'platforms', about: app, code })])
    expect(`${found[0]?.what} ${found[0]?.todo}`).toMatch(detail)
  })

  test('a quota and a busy platform are warnings', async () => {
    const installation = doctor.healthy()
    doctor.platform.on(STABLE, { errcode: 45011, errmsg: 'minute quota' }).on(GETTOKEN, faults.busy)
    const found = (await findingsOf(installation)).filter(({ status }) => status !== 'ok')
    expect(found.map(({ code, status }) => `${code} ${status}`).sort()).toEqual([
      'busy warning',
      'busy warning',
      'quota warning',
      'quota warning',
    ])
  })

  test.each(['html', 'badGateway', 'truncatedJson', 'reset', 'blackHole'] as const)(
    '%s is no answer of the platform’s',
    async (fault) => {
      const installation = doctor.healthy()
      // Only where nothing ever comes is the wait short.
      if (fault === 'blackHole')
        installation.config.platformCalls = { timeoutMs: 1_000, breakerMs: 50 }
      doctor.platform.on(STABLE, faults[fault])
      const wrongs = (await findingsOf(installation)).filter(({ status }) => status === 'wrong')
      expect(wrongs.map(({ code }) => code)).toEqual(['no-sense', 'no-sense'])
    },
  )

  test('never forces a token', async () => {
    const before = doctor.platform.requests.length
    await examine(doctor.healthy())
    const asked = doctor.platform.requests.slice(before).filter(({ path }) => path === STABLE)
    expect(asked.map(({ body }) => JSON.parse(body).force_refresh)).toEqual([false, false])
  })
})
