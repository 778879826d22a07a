import { OpeningEntity, ProofEntity } from '../../../src/members/openings/opening.entity.js'
import { ViewerViews } from '../../../src/members/names/viewer-views.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await TestApp.start()
})
afterAll(() => app.stop())

describe('names that cannot be read', () => {
  test('fail the opening before it is judged: neither the proof nor the only view is used', async () => {
    const alice = await app.login('alice')
    const policy = { maxOpensPerViewer: 1, maxViewers: 1 }
    const { cardId, shareId, declared } = await app.shared(alice, { policy })
    const bob = await app.login('bob')
    const proof = wechatProof(key('bob'), declared)
    const lost = Object.assign(new Error('no connection'), { code: 'ECONNREFUSED' })
    const views = jest.spyOn(app.nest.get(ViewerViews, { strict: false }), 'of')
    views.mockRejectedValue(lost)
    expectProblem(await app.open(bob, shareId, proof), 'ERR_STORAGE_UNAVAILABLE')
    views.mockRestore()
    expect(await app.storage.manager.count(OpeningEntity)).toBe(0)
    expect(await app.storage.manager.count(ProofEntity)).toBe(0)
    // Later than a proof may be sent again.
    app.clock.advance(120_000)
    expect(await app.open(bob, shareId, proof)).toMatchObject({
      status: 201,
      body: { opensLeft: 0, sender: { id: expect.any(String) } },
    })
    const { body } = await app.call('GET', `/v1/cards/${cardId}`, { token: alice })
    expect(body.openings).toMatchObject({ total: 1, viewers: 1 })
  })
})
