import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ManualTimers, ManualClock, SeededRandom } from '@sealcard/testing'
import { type DataSource, MoreThan } from 'typeorm'
import { AuditLog } from '../../src/audit/audit-log.js'
import {
  AuditChainEntity,
  AuditCheckpointEntity,
  AuditEntryEntity,
} from '../../src/audit/audit.entities.js'
import { ChainWriter } from '../../src/audit/chain-writer.js'
import { verifyAudit } from '../../src/audit/verify-audit.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { openConnection } from '@sealcard/typeorm-sqlite3'
import { asApiError } from '../../src/http/problems/problem.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { migrate } from '../../src/schema/migrate.js'
import { testConfig } from '../kit/config.js'

const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-writer-'))
const config = testConfig(path.join(dir, 'test.sqlite'))
const vault = new Vault(config.keyring)
const clock = new ManualClock()
const random = new SeededRandom('audit writer')
const timers = new ManualTimers()
const log = { setContext: () => {}, info: jest.fn(), error: jest.fn() }
let storage: DataSource
let audit: AuditLog

beforeAll(async () => {
  storage = await createDataSource(config.database, { busyTimeoutMs: 20 }).initialize()
  await migrate(storage)
})
beforeEach(async () => {
  for (const entity of [AuditEntryEntity, AuditChainEntity, AuditCheckpointEntity])
    await storage.manager.clear(entity)
  jest.clearAllMocks()
  audit = new AuditLog(storage, new ChainWriter(storage, vault, log, random), clock, timers)
})
afterEach(() => jest.restoreAllMocks())
afterAll(async () => {
  await storage.destroy()
  rmSync(dir, { recursive: true, force: true })
})

const fact = { kind: 'card.create', actor: 'a', subject: 'b', decision: 'done' }
const refusal = new Error('no')
const refuse = () => Promise.reject(refusal)
const seqs = async () =>
  (await storage.manager.find(AuditEntryEntity, { order: { seq: 'ASC' } })).map(({ seq }) => seq)
const signed = async () => (await storage.manager.find(AuditCheckpointEntity)).map(({ seq }) => seq)
const chain = () => storage.manager.findOneByOrFail(AuditChainEntity, {})
const faults = async () => (await verifyAudit(storage, vault)).faults

/** The next transaction's answer is lost: its commit arrived, or it did not. */
const loseAnswer = (arrived: boolean) => {
  const lost = new Error('Connection terminated unexpectedly')
  const real = storage.manager.transaction.bind(storage.manager) as (
    work: (manager: unknown) => Promise<unknown>,
  ) => Promise<unknown>
  jest.spyOn(storage, 'transaction').mockImplementationOnce((async (
    work: (manager: unknown) => Promise<unknown>,
  ) => {
    await real(async (manager) => {
      await work(manager)
      if (!arrived) throw lost
    })
    throw lost
  }) as never)
}

describe('C3 the turn at the audit', () => {
  test('does not come: 503 with Retry-After, nothing done, and the next one is served', async () => {
    let end = () => {}
    let held = Promise.resolve()
    await new Promise<void>((begun) => {
      held = audit.transact(() => {
        begun()
        return new Promise<void>((resolve) => (end = resolve))
      })
    })
    const work = jest.fn(() => Promise.resolve())
    const waiting = [1, 2, 3].map(() => audit.transact(work).catch(asApiError))
    timers.pass()
    for (const error of await Promise.all(waiting))
      expect(error).toMatchObject({ code: 'ERR_STORAGE_UNAVAILABLE', retryAfter: 5 })
    expect(work).not.toHaveBeenCalled()
    end()
    await held
    await audit.append(fact)
    expect(await seqs()).toEqual([1])
  })

  test('while another process holds the database, all who wait fail together, not one after another', async () => {
    const other = await openConnection('sqlite3', path.join(dir, 'test.sqlite'), {
      readonly: false,
      busyTimeoutMs: 20,
    })
    await other.exec('BEGIN IMMEDIATE')
    const tries = jest.spyOn(storage, 'transaction')
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => audit.append(fact).catch(asApiError)),
    )
    for (const answer of answers)
      expect(answer).toMatchObject({ code: 'ERR_STORAGE_UNAVAILABLE', retryAfter: 5 })
    expect(tries).toHaveBeenCalledTimes(1)
    // Who comes later tries anew.
    await expect(audit.append(fact)).rejects.toThrow()
    expect(tries).toHaveBeenCalledTimes(2)
    await other.exec('ROLLBACK')
    await other.close()
    await audit.append(fact)
    expect(await seqs()).toEqual([1])
    expect(await faults()).toEqual([])
  })

  test.each([
    ['a refusal', refusal],
    ['a transaction that lost', Object.assign(new Error('lost'), { code: '40001' })],
    ['a row that another process keeps', Object.assign(new Error('lock'), { code: '55P03' })],
  ])('%s fails no other caller', async (_, error) => {
    const failed = expect(audit.transact(() => Promise.reject(error))).rejects.toBe(error)
    await Promise.all([failed, audit.append(fact), audit.append(fact)])
    expect(await seqs()).toEqual([1, 2])
  })
})

describe('F5 the writer of a chain', () => {
  test('signs its head at intervals and when it stops, although work was refused before', async () => {
    await audit.append(fact)
    await expect(audit.transact(refuse)).rejects.toBe(refusal)
    clock.advance(61_000)
    await audit.checkpointIfDue()
    expect(await signed()).toEqual([1])
    await audit.append(fact)
    await expect(audit.transact(refuse)).rejects.toBe(refusal)
    await audit.onApplicationShutdown()
    expect(await signed()).toEqual([1, 2])
    expect(await faults()).toEqual([])
  })

  test('looks for chains of others although work was refused before', async () => {
    await audit.append(fact)
    const other = new AuditLog(storage, new ChainWriter(storage, vault, log, random), clock, timers)
    await other.append({ ...fact, actor: 'other' })
    await expect(audit.transact(refuse)).rejects.toBe(refusal)
    clock.advance(61_000)
    await audit.checkpointIfDue()
    const { chainId } = await storage.manager.findOneByOrFail(AuditEntryEntity, { actor: 'other' })
    const where = { kind: 'audit.witness', subject: chainId }
    expect(await storage.manager.countBy(AuditEntryEntity, where)).toBe(1)
  })

  test('appends many entries by one insert and one change of the head, whatever they say', async () => {
    await audit.append(fact)
    const asked = jest.spyOn(storage.logger, 'logQuery')
    const odd = [`it's`, '"quoted" [1]', 'null', '密', '\u2028', '$1 ?', '', '0012', '\\']
    const facts = Array.from({ length: 700 }, (_, i) => ({
      ...fact,
      actor: `actor ${i}`,
      reason: odd[i % odd.length] ?? '',
    }))
    await audit.transact(async ({ record }) => facts.forEach(record))
    const statements = asked.mock.calls.map(([text]) => text.split(' ').slice(0, 3).join(' '))
    expect(statements).toEqual([
      'BEGIN TRANSACTION',
      'INSERT INTO audit_entries',
      'UPDATE audit_chains SET',
      'COMMIT',
    ])
    const entries = await storage.manager.find(AuditEntryEntity, {
      where: { seq: MoreThan(1) },
      order: { seq: 'ASC' },
    })
    expect(entries).toMatchObject(facts)
    expect(entries.map(({ seq }) => seq)).toEqual(facts.map((_, i) => i + 2))
    expect(await faults()).toEqual([])
  })

  test.each([true, false])(
    'continues after a commit without an answer, and signs (arrived: %s)',
    async (arrived) => {
      await audit.append(fact)
      loseAnswer(arrived)
      await expect(audit.append(fact)).rejects.toThrow('Connection terminated')
      clock.advance(61_000)
      await audit.checkpointIfDue()
      expect(await signed()).toEqual([arrived ? 2 : 1])
      await audit.append(fact)
      expect(await seqs()).toEqual(arrived ? [1, 2, 3] : [1, 2])
      expect(await faults()).toEqual([])
      expect(log.error).not.toHaveBeenCalled()
    },
  )

  test.each([true, false])(
    'continues after a first commit without an answer (arrived: %s)',
    async (arrived) => {
      loseAnswer(arrived)
      await expect(audit.append(fact)).rejects.toThrow('Connection terminated')
      clock.advance(61_000)
      await audit.checkpointIfDue()
      expect(await signed()).toEqual(arrived ? [1] : [])
      await audit.append(fact)
      expect(await seqs()).toEqual(arrived ? [1, 2] : [1])
      expect(await faults()).toEqual([])
    },
  )

  test('a checkpoint that came with an unanswered commit is not in its own way', async () => {
    await audit.append(fact)
    clock.advance(61_000)
    loseAnswer(true)
    await expect(audit.append(fact)).rejects.toThrow('Connection terminated')
    await audit.checkpointIfDue()
    await audit.append(fact)
    expect(await signed()).toEqual([2])
    expect(await faults()).toEqual([])
  })

  test.each<[string, (older: AuditChainEntity) => Promise<unknown>, string]>([
    [
      'its tail was cut off and an older head put back',
      async (older) => {
        await storage.manager.delete(AuditEntryEntity, { seq: MoreThan(older.headSeq) })
        await storage.manager.save(AuditChainEntity, older)
      },
      'was committed, and the head is before it',
    ],
    [
      'it was removed',
      async () => {
        await storage.manager.clear(AuditEntryEntity)
        await storage.manager.clear(AuditChainEntity)
      },
      'the chain is missing',
    ],
    [
      'its last entry was deleted',
      () => storage.manager.delete(AuditEntryEntity, { seq: 3 }),
      'was committed, and is missing',
    ],
    [
      'its last entry was replaced',
      () => storage.manager.update(AuditEntryEntity, { seq: 3 }, { hash: '0'.repeat(64) }),
      'is not what was committed',
    ],
    [
      'its head was forged',
      () => storage.manager.update(AuditChainEntity, { headSeq: 3 }, { headSeq: 4 }),
      'the head is not signed by this process',
    ],
  ])('stops when %s while its head is in doubt', async (_, tamper, what) => {
    await audit.append(fact)
    await audit.append(fact)
    const older = await chain()
    await audit.append(fact)
    loseAnswer(false)
    await expect(audit.append(fact)).rejects.toThrow('Connection terminated')
    await tamper(older)
    const left = await seqs()
    for (let i = 0; i < 2; i++) {
      await expect(audit.append(fact)).rejects.toMatchObject({
        code: 'ERR_AUDIT_BROKEN',
        message: expect.stringContaining(what),
      })
    }
    expect(asApiError(await audit.append(fact).catch((error: unknown) => error)).code).toBe(
      'ERR_INTERNAL',
    )
    await audit.onApplicationShutdown()
    expect(await seqs()).toEqual(left)
    expect(await signed()).toEqual([])
    expect(log.error).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'ERR_AUDIT_BROKEN', chainId: older.id }),
      expect.stringContaining(what),
    )
  })
})
