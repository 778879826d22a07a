import { testConfig, WECHAT, WECOM } from '../../kit/config.js'
import { TestApp } from '../../kit/test-app.js'

const OWN = '/packageCards/pages/read'

describe('the page that opens cards', () => {
  test('is the app’s own, for the apps that name one', async () => {
    const apps = testConfig('').apps.map((one) =>
      one.id === WECHAT ? { ...one, openPath: OWN } : one,
    )
    const app = await TestApp.start({ apps })
    const pathOf = async (appId: string, policy: object) => {
      const token = await app.login('alice', appId)
      const body = { title: 'T', body: 'B', policy }
      const { id } = (await app.call('POST', '/v1/cards', { token, body })).body
      const share = () => app.call('POST', `/v1/cards/${id}/shares`, { token })
      const first = (await share()).body
      expect((await share()).body).toEqual(first)
      return first.path.replace(first.id, '<id>')
    }
    expect(await pathOf(WECHAT, {})).toBe(`${OWN}?s=<id>`)
    expect(await pathOf(WECHAT, { maxOpensPerViewer: 3 })).toBe(`${OWN}?s=<id>&c=1`)
    expect(await pathOf(WECOM, {})).toBe('/pages/open/index?s=<id>')
    await app.stop()
  })
})
