import { AuditChainEntity, AuditEntryEntity } from '../../src/audit/audit.entities.js'
import { entryHash } from '../../src/audit/entry-hash.js'
import { verifyAudit } from '../../src/audit/verify-audit.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { key, wechatProof } from '../kit/proofs.js'
import { TestApp } from '../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await TestApp.start()
  const alice = await app.login('alice')
  const bob = await app.login('bob')
  const { cardId, shareId, declared } = await app.shared(alice)
  await app.open(bob, shareId, { encryptedData: '', iv: '' })
  const opened = await app.open(bob, shareId, wechatProof(key('bob'), declared))
  await app.call('POST', `/v1/openings/${opened.body.id}/acknowledgement`, { token: bob })
  await app.call('POST', `/v1/cards/${cardId}/revoke`, { token: alice })
  await app.call('DELETE', '/v1/sessions/current', { token: bob })
  // A second chain, which continues the first one.
  app = await app.restart()
  await app.login('carol')
  await app.login('dora')
})
afterAll(() => app.stop())

const verify = (expected: { chainId: string; seq: number; hash: string }[] = []) =>
  verifyAudit(app.storage, app.nest.get(Vault), { expected })

/** Breaks one thing, verifies, and puts everything back. */
const tampered = async (change: () => Promise<unknown>) => {
  const { manager } = app.storage
  const kept = [await manager.find(AuditEntryEntity), await manager.find(AuditChainEntity)] as const
  await change()
  const { faults } = await verify()
  await manager.clear(AuditEntryEntity)
  await manager.clear(AuditChainEntity)
  await manager.insert(AuditEntryEntity, kept[0])
  await manager.insert(AuditChainEntity, kept[1])
  expect((await verify()).faults).toEqual([])
  return faults
}

const chains = () =>
  app.storage.manager.find(AuditChainEntity, { order: { startedAt: 'ASC', headSeq: 'DESC' } })
const update = (where: Partial<AuditEntryEntity>, change: Partial<AuditEntryEntity>) =>
  app.storage.manager.update(AuditEntryEntity, where, change)

describe('F5 the audit chain', () => {
  test('holds every decision, and is intact', async () => {
    const report = await verify()
    expect(report).toMatchObject({ chains: 2, faults: [] })
    const entries = await app.storage.manager.find(AuditEntryEntity, { order: { seq: 'ASC' } })
    const [first] = await chains()
    const told = entries.filter(({ chainId }) => chainId === first?.id)
    expect(
      told.map(({ kind, decision, reason }) => `${kind} ${decision} ${reason}`.trim()),
    ).toEqual([
      'session.open done',
      'session.open done',
      'card.create done',
      expect.stringMatching(/^share.create done /),
      'opening refused no_proof network=127.0.0.0/24',
      'opening granted network=127.0.0.0/24',
      expect.stringMatching(/^opening.acknowledge done /),
      'card.revoke done',
      'session.end done',
    ])
  })

  test.each([
    ['kind', 'x'],
    ['actor', 'x'],
    ['subject', 'x'],
    ['decision', 'granted'],
    ['reason', 'x'],
    ['at', 1],
    ['prevHash', '0'.repeat(64)],
    ['hash', '0'.repeat(64)],
  ])('an edited %s is found', async (field, value) => {
    const [first] = await chains()
    const faults = await tampered(() =>
      update({ chainId: first?.id ?? '', seq: 5 }, { [field]: value }),
    )
    expect(faults).toContainEqual(expect.objectContaining({ chainId: first?.id, seq: 5 }))
  })

  test('an edit that recomputes the hash is found', async () => {
    const [first] = await chains()
    const faults = await tampered(async () => {
      const where = { chainId: first?.id ?? '', seq: 5 }
      const entry = await app.storage.manager.findOneByOrFail(AuditEntryEntity, where)
      await update(where, {
        decision: 'granted',
        hash: entryHash({ ...entry, decision: 'granted' }),
      })
    })
    expect(faults.length).toBeGreaterThan(0)
  })

  test('an edit that rewrites everything after it is found by the signed head', async () => {
    const [first] = await chains()
    const chainId = first?.id ?? ''
    const faults = await tampered(async () => {
      const { manager } = app.storage
      const entries = await manager.find(AuditEntryEntity, {
        where: { chainId },
        order: { seq: 'ASC' },
      })
      let prevHash = entries[0]?.prevHash ?? ''
      for (const entry of entries) {
        const changed = { ...entry, prevHash, ...(entry.seq === 5 && { decision: 'granted' }) }
        prevHash = entryHash(changed)
        await update({ chainId, seq: entry.seq }, { ...changed, hash: prevHash })
      }
      await manager.update(AuditChainEntity, { id: chainId }, { headHash: prevHash })
    })
    expect(faults).toContainEqual(
      expect.objectContaining({ what: 'the head is not signed by this service' }),
    )
  })

  test.each([
    ['from the middle', 4],
    ['the first', 1],
    ['the last', 9],
  ])('an entry deleted %s is found', async (_, seq) => {
    const [first] = await chains()
    const chainId = first?.id ?? ''
    const faults = await tampered(() =>
      app.storage.manager.delete(AuditEntryEntity, { chainId, seq }),
    )
    expect(faults).toContainEqual(expect.objectContaining({ chainId }))
  })

  test('two entries that changed places are found', async () => {
    const [first] = await chains()
    const chainId = first?.id ?? ''
    const faults = await tampered(async () => {
      await update({ chainId, seq: 3 }, { seq: 999 })
      await update({ chainId, seq: 4 }, { seq: 3 })
      await update({ chainId, seq: 999 }, { seq: 4 })
    })
    expect(faults.length).toBeGreaterThan(0)
  })

  test('an entry added at the end is found', async () => {
    const [first] = await chains()
    const chainId = first?.id ?? ''
    const faults = await tampered(async () => {
      const last = await app.storage.manager.findOneByOrFail(AuditEntryEntity, { chainId, seq: 9 })
      const added = { ...last, seq: 10, prevHash: last.hash }
      await app.storage.manager.insert(AuditEntryEntity, { ...added, hash: entryHash(added) })
    })
    expect(faults).toContainEqual({ chainId, seq: 10, what: 'was added after the head' })
  })

  test('a whole chain that is gone is found by the one that continues it', async () => {
    const [first] = await chains()
    const id = first?.id ?? ''
    const faults = await tampered(async () => {
      await app.storage.manager.delete(AuditEntryEntity, { chainId: id })
      await app.storage.manager.delete(AuditChainEntity, { id })
    })
    expect(faults).toContainEqual(
      expect.objectContaining({ chainId: id, what: 'the chain is missing' }),
    )
  })

  test('a chain that is gone with everything after it is found by a place noted outside', async () => {
    const last = (await chains()).at(-1)
    const noted = { chainId: last?.id ?? '', seq: last?.headSeq ?? 0, hash: last?.headHash ?? '' }
    expect((await verify([noted])).faults).toEqual([])
    expect((await verify([{ ...noted, hash: '0'.repeat(64) }])).faults).toHaveLength(1)
    expect((await verify([{ ...noted, chainId: 'gone' }])).faults).toEqual([
      { chainId: 'gone', seq: noted.seq, what: 'the chain is missing' },
    ])
  })

  test('a process that stops signs where it stands', async () => {
    const signed = await app.storage.query('SELECT chain_id, seq FROM audit_checkpoints')
    const [first] = await chains()
    expect(signed).toEqual([{ chain_id: first?.id, seq: 9 }])
  })
})
