import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ManualClock, SeededRandom } from '@sealcard/testing'
import type { DataSource } from 'typeorm'
import { AuditLog } from '../../src/audit/audit-log.js'
import {
  AuditChainEntity,
  AuditCheckpointEntity,
  AuditEntryEntity,
} from '../../src/audit/audit.entities.js'
import { ChainWriter } from '../../src/audit/chain-writer.js'
import { entryHash, signHead } from '../../src/audit/entry-hash.js'
import { exportAudit } from '../../src/audit/export-audit.js'
import { verifyAudit } from '../../src/audit/verify-audit.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { DAY } from '../../src/core/time.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { migrate } from '../../src/schema/migrate.js'
import { testConfig } from '../kit/config.js'

const VERIFIER = path.join(__dirname, '../../../../docs/audit-verify.mjs')
const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-chains-'))
const config = testConfig(path.join(dir, 'test.sqlite'))
const vault = new Vault(config.keyring)
const clock = new ManualClock()
const random = new SeededRandom('audit chains')
let storage: DataSource

beforeAll(async () => {
  storage = await createDataSource(config.database).initialize()
  await migrate(storage)
})
beforeEach(async () => {
  for (const entity of [AuditEntryEntity, AuditChainEntity, AuditCheckpointEntity])
    await storage.manager.clear(entity)
})
afterAll(async () => {
  await storage.destroy()
  rmSync(dir, { recursive: true, force: true })
})

/** A process of this name that has written once. */
const begin = async (actor: string) => {
  const log = { setContext: () => {}, info: () => {} }
  const audit = new AuditLog(storage, new ChainWriter(storage, vault, log, random), clock)
  const write = () => audit.append({ kind: 'card.create', actor, subject: 's', decision: 'done' })
  await write()
  const { chainId } = await storage.manager.findOneByOrFail(AuditEntryEntity, { actor })
  return { audit, write, chainId }
}

const row = (id: string) => storage.manager.findOneByOrFail(AuditChainEntity, { id })
const anchors = (subject: string) =>
  storage.manager.findBy(AuditEntryEntity, { kind: 'audit.witness', subject })
const faults = async () => (await verifyAudit(storage, vault)).faults

const remove = async (chainId: string) => {
  await storage.manager.delete(AuditEntryEntity, { chainId })
  await storage.manager.delete(AuditCheckpointEntity, { chainId })
  await storage.manager.delete(AuditChainEntity, { id: chainId })
}

/** What the standalone verifier, which uses no code of the service, says about an export. */
const elsewhere = async (lines: AsyncIterable<string>, before = '') => {
  let text = before
  for await (const line of lines) text += line
  const file = path.join(dir, 'export.jsonl')
  writeFileSync(file, text)
  return new Promise<string>((resolve) =>
    execFile(process.execPath, [VERIFIER, file], (_, out) => resolve(out)),
  )
}

/** A chain that continued the newest by its start, even one that starts in the future: the former rule. */
const former = async (follows: AuditChainEntity): Promise<string> => {
  const [id, key, at] = [random.id(), random.bytes(32), clock.now()]
  const said = { kind: 'card.create', actor: 'former', subject: 's', decision: 'done', reason: '' }
  const entry = { ...said, chainId: id, seq: 1, at, prevHash: follows.headHash }
  const hash = entryHash(entry)
  await storage.manager.insert(AuditEntryEntity, { ...entry, hash })
  await storage.manager.insert(AuditChainEntity, {
    id,
    startedAt: at,
    followsId: follows.id,
    followsSeq: follows.headSeq,
    sealedKey: vault.seal(
      { table: 'audit_chains', row: id, purpose: 'key' },
      Buffer.from(key).toString('base64url'),
    ),
    headSeq: 1,
    headHash: hash,
    headMac: signHead(key, { chainId: id, seq: 1, hash }),
  })
  return id
}

describe('F5 after a clock that was ahead', () => {
  test('a chain that ended before the next one began is missed when it is removed', async () => {
    clock.advance(DAY)
    const ahead = await begin('ahead')
    clock.advance(-DAY)
    const between = await begin('between')
    clock.advance(1000)
    await between.write()
    clock.advance(1000)
    const next = await begin('next')
    expect(await row(next.chainId)).toMatchObject({ followsId: between.chainId, followsSeq: 3 })
    expect(await faults()).toEqual([])
    expect(await elsewhere(exportAudit(storage, 'jsonl'))).toMatch(/intact\n$/)
    await remove(between.chainId)
    expect(await faults()).toContainEqual(
      expect.objectContaining({ chainId: between.chainId, what: 'the chain is missing' }),
    )
    expect(ahead.chainId).not.toBe(between.chainId)
  })

  test('the chain that lies ahead is missed as well, and stated once', async () => {
    clock.advance(DAY)
    const ahead = await begin('ahead')
    clock.advance(-DAY)
    for (const name of ['one', 'two', 'three']) {
      await begin(name)
      clock.advance(1000)
    }
    expect(await anchors(ahead.chainId)).toHaveLength(1)
    await remove(ahead.chainId)
    expect(await faults()).toEqual([
      { chainId: ahead.chainId, seq: 1, what: 'the chain is missing' },
    ])
  })

  test('what the former rule wrote stays valid, and what it left unstated is stated', async () => {
    clock.advance(DAY)
    const ahead = await begin('ahead')
    clock.advance(-DAY)
    const first = await former(await row(ahead.chainId))
    clock.advance(1000)
    const second = await former(await row(ahead.chainId))
    clock.advance(1000)
    const next = await begin('next')
    expect((await row(next.chainId)).followsId).toBe(second)
    expect(await anchors(first)).toHaveLength(1)
    expect(await faults()).toEqual([])
    expect(await elsewhere(exportAudit(storage, 'jsonl'))).toMatch(/^5 entries .* intact\n$/)
    await remove(first)
    expect(await faults()).toEqual([{ chainId: first, seq: 1, what: 'the chain is missing' }])
  })

  test('after the clock is set back, a chain is still signed and still looks for others', async () => {
    clock.advance(DAY)
    const one = await begin('one')
    await one.audit.checkpointIfDue()
    clock.advance(-DAY)
    const other = await begin('other')
    await one.write()
    const signed = () => storage.manager.countBy(AuditCheckpointEntity, { chainId: one.chainId })
    expect(await signed()).toBe(1)
    await one.audit.checkpointIfDue()
    expect(await anchors(other.chainId)).toHaveLength(1)
    clock.advance(61_000)
    await one.audit.checkpointIfDue()
    expect(await signed()).toBe(2)
  })
})

test('F5 where a chain stands is stated by each that begins, until it goes no further', async () => {
  const long = await begin('long')
  for (const name of ['one', 'two', 'three']) {
    clock.advance(1000)
    await begin(name)
    await long.write()
  }
  for (const name of ['four', 'five']) {
    clock.advance(1000)
    await begin(name)
  }
  const told = (await anchors(long.chainId)).map(({ reason }) => reason.split(':')[0])
  // The first one continued it; the fifth finds stated where it ended.
  expect(told.sort()).toEqual(['2', '3', '4'])
})

test('F5 an export during which others begin and are anchored checks out elsewhere', async () => {
  await begin('first')
  clock.advance(1000)
  const second = await begin('second')
  const lines = exportAudit(storage, 'jsonl')
  const told = [await lines.next(), await lines.next()].map(({ value }) => String(value)).join('')
  expect(told).toContain('"type":"chain"')
  clock.advance(61_000)
  const late = await begin('late')
  await second.audit.checkpointIfDue()
  expect(await anchors(late.chainId)).toHaveLength(1)
  expect(await elsewhere(lines, told)).toBe('2 entries in 2 chains: intact\n')
})
