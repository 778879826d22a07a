import { verifyAudit } from '../../src/audit/verify-audit.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { key, wechatProof } from '../kit/proofs.js'
import { MIGRATED, startMigratedPostgres } from '../kit/storage/migrated-postgres.js'
import { hasPostgres, PATIENT, type TestPostgres } from '../kit/storage/postgres.js'
import { type Answer, TestApp } from '../kit/test-app.js'

const statuses = (answers: Answer[]) => answers.map(({ status }) => status).sort()

;(hasPostgres() ? describe : describe.skip)('two processes over PostgreSQL', () => {
  let postgres: TestPostgres
  let app: TestApp
  let beside: TestApp
  let alice: string
  const either = (i: number) => (i % 2 ? app : beside)

  beforeAll(async () => {
    postgres = await startMigratedPostgres()
    app = await TestApp.start({ database: postgres.database(`${MIGRATED}${PATIENT}`) })
    beside = await app.beside()
    alice = await app.login('alice')
  })
  afterAll(async () => {
    await beside.nest.close()
    await app.stop()
    await postgres.stop()
  })

  test('D5 one card for one key', async () => {
    const call = {
      token: alice,
      body: { title: 'T', body: 'B' },
      headers: { 'idempotency-key': 'k' },
    }
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => either(i).call('POST', '/v1/cards', call)),
    )
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]?.status).toBe(201)
  })

  test('a first login of one person in both makes one viewer', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, i) => either(i).login('newcomer')))
    const rows = await app.storage.query('SELECT count(DISTINCT viewer_id) n FROM sessions')
    expect(Number(rows[0].n)).toBe(2)
  })

  test('one declaration of a card', async () => {
    const { body } = await app.call('POST', '/v1/cards', {
      token: alice,
      body: { title: 'T', body: 'B' },
    })
    app.wechat.declared = 0
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        either(i).call('POST', `/v1/cards/${body.id}/shares`, { token: alice }),
      ),
    )
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(app.wechat.declared).toBe(1)
  })

  test('B6 one opening for one proof', async () => {
    const bob = await app.login('bob')
    const { shareId, declared } = await app.shared(alice)
    const proof = wechatProof(key('bob'), declared)
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) => either(i).open(bob, shareId, proof)),
    )
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]?.status).toBe(201)
  })

  test('B10 exactly as many viewers as the policy allows', async () => {
    const { shareId, declared } = await app.shared(alice, { policy: { maxViewers: 5 } })
    const tokens = await Promise.all(Array.from({ length: 60 }, (_, i) => app.login(`q${i}`)))
    const answers = await Promise.all(
      tokens.map((token, i) =>
        either(i).open(token, shareId, wechatProof(key(`q${i}`), declared, 'n')),
      ),
    )
    expect(statuses(answers)).toEqual([...Array(5).fill(201), ...Array(55).fill(403)])
  })

  test('B11 revoked in one, refused in the other', async () => {
    const bob = await app.login('bob')
    const { cardId, shareId, declared } = await app.shared(alice)
    await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
    const answer = await beside.open(bob, shareId, wechatProof(key('bob'), declared))
    expect(answer.body.code).toBe('ERR_CARD_REVOKED')
  })

  test('F5 both chains are intact', async () => {
    const report = await verifyAudit(app.storage, app.nest.get(Vault))
    expect(report).toMatchObject({ chains: 2, faults: [] })
  })
})
