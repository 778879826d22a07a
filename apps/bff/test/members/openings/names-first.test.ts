import { Vault } from '../../../src/core/crypto/vault.js'
import { OpeningEntity, ProofEntity } from '../../../src/members/openings/opening.entity.js'
import { ViewerViews } from '../../../src/members/names/viewer-views.js'
import { WECHAT_B } from '../../kit/config.js'
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
    const views = jest.spyOn(app.nest.get(ViewerViews, { strict: false }), 'read')
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

describe('names that people have', () => {
  test('B2 are opened for a grant, and by no refusal: its work is the same without such a share', async () => {
    const named = async (...login: [string, string?]) => {
      const token = await app.login(...login)
      await app.call('PATCH', '/v1/me', { token, body: { name: `The name of ${login[0]}` } })
      return token
    }
    const bob = await named('bob')
    const { shareId, declared } = await app.shared(await named('alice'), {
      policy: { watermark: true },
    })
    const foreign = await app.shared(await named('carol', WECHAT_B))
    const unseal = jest.spyOn(app.nest.get(Vault), 'unseal')
    /** What was opened for the answer. */
    const opened = async (share: string, about: string): Promise<[number, string[]]> => {
      unseal.mockClear()
      const { status } = await app.open(bob, share, wechatProof(key('bob'), about, share))
      return [status, unseal.mock.calls.map(([{ purpose }]) => purpose).toSorted()]
    }
    const refusals = [
      await opened(shareId, foreign.declared),
      await opened(foreign.shareId, declared),
      await opened('A'.repeat(22), declared),
    ]
    for (const refusal of refusals) {
      expect(refusal[0]).toBe(403)
      expect(refusal[1]).not.toContain('name')
      expect(refusal).toEqual(refusals[0])
    }
    const [status, purposes] = await opened(shareId, declared)
    expect(status).toBe(201)
    expect(purposes).toEqual([...refusals[0]![1], 'body', 'name', 'name', 'title'].toSorted())
    unseal.mockRestore()
  })
})
