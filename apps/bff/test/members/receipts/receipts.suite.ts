import { Receipt, ReceiptKeySet } from '@sealcard/protocol'
import { createLocalJWKSet, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import { Secret } from '../../../src/core/config/secret.js'
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/core/time.js'
import { RetentionService } from '../../../src/lifecycle/retention.service.js'
import { Rewrap } from '../../../src/lifecycle/rewrap.service.js'
import { Vault } from '../../../src/core/crypto/vault.js'
import { ReceiptKeyEntity } from '../../../src/members/receipts/receipt-key.entity.js'
import { ReceiptKeys } from '../../../src/members/receipts/receipt-keys.js'
import { WECHAT } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { ServerWorld, SERVER_CONFIG } from '../../kit/server-world.js'
import { TestApp } from '../../kit/test-app.js'

const { database: _, ...CONFIG } = SERVER_CONFIG
const keysOf = (app: TestApp) => app.nest.get(ReceiptKeys, { strict: false })
const published = async (app: TestApp): Promise<ReceiptKeySet> =>
  ReceiptKeySet.parse((await app.call('GET', '/.well-known/jwks.json')).body)

/** As an adopter's server does it, with a library of others. */
const verified = async (app: TestApp, receipt: string, at = app.clock.now()) => {
  const keys = createLocalJWKSet(await published(app))
  const options = { algorithms: ['EdDSA'], issuer: 'sealcard', audience: WECHAT }
  const { payload } = await jwtVerify(receipt, keys, { ...options, currentDate: new Date(at) })
  return Receipt.strict().parse(payload)
}

export const receiptSuite = () => {
  let world: ServerWorld
  let bob: string
  beforeAll(async () => {
    world = await ServerWorld.over(await TestApp.start(CONFIG))
  })
  beforeEach(async () => {
    bob = await world.login('bob')
  })
  afterAll(() => world.app.stop())

  /** A new card with a reference, and its opening by bob. */
  const opened = async (card?: object, nonce = 'iv') => {
    const shared = await world.shared(card)
    return { ...shared, answer: await world.open(bob, shared, 'bob', nonce) }
  }

  describe('a granted opening', () => {
    test('of a card with a reference has reference, data and a receipt that any library verifies', async () => {
      const { answer, cardId } = await opened({ reference: 'order/7', data: { total: 3 } })
      const { body } = answer
      expect(answer.status).toBe(201)
      expect(body.card).toMatchObject({ id: cardId, reference: 'order/7', data: { total: 3 } })
      expect(answer.headers['cache-control']).toBe('no-store')
      const me = (await world.app.call('GET', '/v1/me', { token: bob })).body
      const iat = Math.floor(Date.parse(body.openedAt) / 1000)
      expect(await verified(world.app, body.receipt)).toEqual({
        iss: 'sealcard',
        aud: WECHAT,
        sub: me.id,
        jti: body.id,
        iat,
        exp: iat + 60,
        card: cardId,
        ref: 'order/7',
      })
      const [first] = (await published(world.app)).keys
      expect(decodeProtectedHeader(body.receipt)).toEqual({
        alg: 'EdDSA',
        typ: 'JWT',
        kid: first?.kid,
      })
      const told = await world.call('GET', `/openings/${body.id}`)
      expect(told.body).toMatchObject({ id: body.id, cardId, reference: 'order/7' })
    })

    test('of a card without a reference is as it was', async () => {
      const { answer } = await opened({ body: 'Words' })
      expect(Object.keys(answer.body).sort()).toEqual([
        'card',
        'expiresAt',
        'id',
        'openedAt',
        'sender',
      ])
      expect(Object.keys(answer.body.card).sort()).toEqual(['body', 'id', 'policy', 'title'])
    })

    test('has a receipt for one minute, and not a second longer', async () => {
      const { answer } = await opened()
      const from = Math.floor(Date.parse(answer.body.openedAt) / 1000) * 1000
      await verified(world.app, answer.body.receipt, from + MINUTE - 1)
      await expect(verified(world.app, answer.body.receipt, from + MINUTE)).rejects.toBeInstanceOf(
        errors.JWTExpired,
      )
    })

    test('sent again within its minute has the same receipt; later it is a replay, and has none', async () => {
      const shared = await world.shared()
      const first = await world.open(bob, shared, 'bob')
      world.app.clock.advance(MINUTE - SECOND)
      const again = await world.open(bob, shared, 'bob')
      expect(again.body.receipt).toBe(first.body.receipt)
      world.app.clock.advance(2 * SECOND)
      const late = await world.open(bob, shared, 'bob')
      expectProblem(late, 'ERR_PROOF_REJECTED')
      expect(late.text).not.toContain('receipt')
    })

    test('by two proofs has two receipts', async () => {
      const shared = await world.shared()
      const receipts = []
      for (const nonce of ['one', 'two'])
        receipts.push((await world.open(bob, shared, 'bob', nonce)).body.receipt)
      expect(receipts[1]).not.toBe(receipts[0])
      for (const receipt of receipts) await verified(world.app, receipt)
    })
  })

  describe('no receipt', () => {
    test('is in an answer to a peek, nor the reference, nor the data', async () => {
      const shared = await world.shared({ reference: 'hiddenReference', data: 'hiddenData' })
      const proof = wechatProof(key('bob'), shared.declared)
      const peek = await world.app.open(bob, shared.shareId, { ...proof, peek: true })
      expect(peek.status).toBe(200)
      expect(peek.text).not.toMatch(/hidden|receipt/)
    })

    test('is in an answer to the owner', async () => {
      const shared = await world.shared()
      const answer = await world.open(await world.login('alice'), shared, 'alice')
      expect(answer.body).toEqual({ owner: { cardId: shared.cardId } })
    })

    test('is in a refusal, which is the same with and without a reference', async () => {
      const refusals = []
      for (const card of [{ reference: 'hiddenReference' }, { body: 'Words' }]) {
        const shared = await world.shared(card)
        // A proof of another share, a proof under another key, and a share that is not there.
        for (const [share, person] of [
          [{ ...shared, declared: 'another' }, 'bob'],
          [shared, 'stranger'],
          [{ ...shared, shareId: 'A'.repeat(22) }, 'bob'],
        ] as const)
          refusals.push(await world.open(bob, share, person))
      }
      for (const { status, headers, body } of refusals) {
        const shape = {
          status,
          body: { ...body, requestId: '' },
          names: Object.keys(headers).sort(),
        }
        const [first] = refusals
        expect(shape).toEqual({
          status: 403,
          body: { ...first?.body, requestId: '' },
          names: Object.keys(first?.headers ?? {}).sort(),
        })
      }
    })
  })

  describe('a receipt', () => {
    const broken: [string, (parts: string[], claims: Receipt) => string[]][] = [
      [
        'another reader',
        ([h = '', , s = ''], claims) => [h, encoded({ ...claims, sub: 'eve' }), s],
      ],
      [
        'another reference',
        ([h = '', , s = ''], claims) => [h, encoded({ ...claims, ref: 'x' }), s],
      ],
      [
        'a later end',
        ([h = '', , s = ''], claims) => [h, encoded({ ...claims, exp: claims.exp + 1 }), s],
      ],
      ['no signature', ([h = '', c = '']) => [h, c, '']],
      ['no algorithm', ([, c = '']) => [encoded({ alg: 'none' }), c, '']],
      ['another key', ([, c = '', s = '']) => [encoded({ alg: 'EdDSA', kid: 'x' }), c, s]],
    ]
    const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

    test.each(broken)('with %s is refused', async (_name, change) => {
      const { answer } = await opened()
      const { receipt } = answer.body
      const claims = await verified(world.app, receipt)
      const other = change(receipt.split('.'), claims).join('.')
      await expect(verified(world.app, other)).rejects.toBeInstanceOf(errors.JOSEError)
    })
  })

  describe('the keys', () => {
    const rows = () =>
      world.app.storage.manager.find(ReceiptKeyEntity, { order: { number: 'ASC' } })

    test('are published without their private halves, and may be kept for minutes', async () => {
      await opened()
      const answer = await world.app.call('GET', '/.well-known/jwks.json')
      expect(answer.headers['cache-control']).toBe('public, max-age=300')
      for (const one of answer.body.keys)
        expect(Object.keys(one).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x'])
    })

    test('are sealed in the database', async () => {
      await opened()
      const vault = world.app.nest.get(Vault)
      for (const { id, sealedKey, publicKey } of await rows()) {
        expect(sealedKey).not.toContain(publicKey)
        const seed = vault.unseal({ table: 'receipt_keys', row: id, purpose: 'key' }, sealedKey)
        expect(Buffer.from(seed, 'base64url')).toHaveLength(32)
      }
    })

    test('follow one another: the next is published a day before it signs, the last a day after', async () => {
      await opened()
      const first = (await rows()).at(-1)!
      const at = (moment: number) => world.app.clock.advance(moment - world.app.clock.now())
      const kids = async () => (await published(world.app)).keys.map(({ kid }) => kid)
      at(first.usedUntil - DAY - 1)
      expect([await keysOf(world.app).renew(), (await kids()).at(-1)]).toEqual([0, first.id])
      at(first.usedUntil - DAY)
      expect([await keysOf(world.app).renew(), await keysOf(world.app).renew()]).toEqual([1, 0])
      const next = (await rows()).at(-1)!
      expect((await kids()).slice(-2)).toEqual([first.id, next.id])
      at(first.usedUntil - 1)
      bob = await world.login('bob')
      const before = (await opened()).answer.body.receipt
      expect(decodeProtectedHeader(before).kid).toBe(first.id)
      at(first.usedUntil)
      const after = (await opened()).answer.body.receipt
      expect(decodeProtectedHeader(after).kid).toBe(next.id)
      // Both hold while the old one lives.
      await verified(world.app, before)
      await verified(world.app, after)
      at(first.expiresAt - 1)
      expect(await kids()).toContain(first.id)
      at(first.expiresAt)
      expect(await kids()).not.toContain(first.id)
      await world.app.nest.get(RetentionService, { strict: false }).run()
      expect((await rows()).map(({ id }) => id)).not.toContain(first.id)
    })

    test('are there again after the service stood still for a year', async () => {
      await opened()
      world.app.clock.advance(365 * DAY)
      world = await ServerWorld.over(world.app)
      bob = await world.login('bob')
      const { receipt } = (await opened()).answer.body
      await verified(world.app, receipt)
    })

    test('are the same in every process: one answers with a receipt that another verifies', async () => {
      const beside = await world.app.beside()
      const shared = await world.shared()
      const receipts = []
      for (const app of [world.app, beside]) {
        const { body } = await app.open(
          bob,
          shared.shareId,
          wechatProof(key('bob'), shared.declared),
        )
        receipts.push(body.receipt)
        await verified(app === beside ? world.app : beside, body.receipt)
      }
      expect(receipts[1]).toBe(receipts[0])
      await beside.nest.close()
    })

    test('of processes that make the next one at once are one', async () => {
      const beside = await world.app.beside()
      await keysOf(beside).renew()
      const last = (await rows()).at(-1)!
      world.app.clock.advance(last.usedUntil - HOUR - world.app.clock.now())
      const made = await Promise.all(
        [world.app, beside, world.app, beside].map((app) => keysOf(app).renew()),
      )
      expect((await rows()).filter(({ number }) => number > last.number)).toHaveLength(1)
      expect(made).toContain(1)
      world.app.clock.advance(2 * HOUR)
      const now = world.app.clock.now()
      expect((await keysOf(beside).at(now)).id).toBe((await keysOf(world.app).at(now)).id)
      await beside.nest.close()
    })

    test('move to a new key of the keyring, and sign as before', async () => {
      bob = await world.login('bob')
      const before = await opened()
      const old = new Secret(Buffer.alloc(32, 7).toString('base64'))
      const fresh = new Secret(Buffer.alloc(32, 9).toString('base64'))
      const beside = await world.app.beside({
        keyring: {
          keys: [
            { id: 'k2', secret: fresh },
            { id: 'k1', secret: old },
          ],
        },
      })
      const report = await new Rewrap(beside.storage, beside.nest.get(Vault)).run()
      expect(report).toMatchObject({ primary: 'k2', failed: 0 })
      for (const { sealedKey } of await rows()) expect(sealedKey).toMatch(/^v1\.k2\./)
      const at = Date.parse(before.answer.body.openedAt)
      await keysOf(beside).renew()
      expect((await keysOf(beside).at(at)).id).toBe(
        decodeProtectedHeader(before.answer.body.receipt).kid,
      )
      await beside.nest.close()
    })
  })
}
