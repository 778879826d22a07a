import { IN_MEMORY } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

describe('an activityId that comes twice, as from a cache on the way to the platform', () => {
  let app: TestApp
  beforeEach(async () => {
    app = await TestApp.start(IN_MEMORY)
  })
  afterEach(async () => {
    jest.restoreAllMocks()
    await app.stop()
  })

  test('B4 makes no second share: a proof of one card would open the other', async () => {
    const alice = await app.login('alice')
    const activityId = '1151_the-same-again'
    const declare = jest.spyOn(app.wechat, 'declare')
    declare.mockResolvedValue(activityId)
    const { shareId, declared } = await app.shared(alice)
    const { body: other } = await app.call('POST', '/v1/cards', {
      token: alice,
      body: { title: 'Another', body: 'Another secret' },
    })
    const share = () => app.call('POST', `/v1/cards/${other.id}/shares`, { token: alice })
    const refused = await share()
    expectProblem(refused, 'ERR_PLATFORM_UNAVAILABLE')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(await app.storage.query('SELECT id FROM shares')).toEqual([{ id: shareId }])
    declare.mockRestore()
    expect((await share()).status).toBe(201)
    const bob = await app.login('bob')
    expect((await app.open(bob, shareId, wechatProof(key('bob'), declared))).status).toBe(201)
  })
})
