import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { countCases, ManualClock, scale, SeededRandom } from '@sealcard/testing'
import type { DataSource } from 'typeorm'
import { AuditLog } from '../../src/audit/audit-log.js'
import {
  AuditChainEntity,
  AuditCheckpointEntity,
  AuditEntryEntity,
} from '../../src/audit/audit.entities.js'
import { ChainWriter } from '../../src/audit/chain-writer.js'
import { entryHash } from '../../src/audit/entry-hash.js'
import { checkAudit, verifyAudit } from '../../src/audit/verify-audit.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { migrate } from '../../src/schema/migrate.js'
import { runCommand } from '../../src/tools/cli/run.js'
import { testConfig } from '../kit/config.js'
import { MemoryAudit } from '../kit/memory-audit.js'

const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-tampers-'))
const config = testConfig(path.join(dir, 'test.sqlite'))
const vault = new Vault(config.keyring)
const clock = new ManualClock()
const random = new SeededRandom('tampers')
let storage: DataSource
let whole: MemoryAudit

const process_ = () => {
  const log = { setContext: () => {}, info: () => {} }
  return new AuditLog(storage, new ChainWriter(storage, vault, log, random), clock)
}
const fact = (i: number) => ({
  kind: 'opening',
  actor: `viewer-${i % 5}`,
  subject: `share-${i % 3}`,
  decision: i % 2 ? 'granted' : 'refused',
  reason: i % 2 ? '' : 'proof_not_opened',
})

const read = async () => {
  const { manager } = storage
  return new MemoryAudit(
    await manager.find(AuditEntryEntity),
    await manager.find(AuditChainEntity),
    await manager.find(AuditCheckpointEntity),
  )
}
const restore = async () => {
  const { manager } = storage
  for (const [entity, rows] of [
    [AuditEntryEntity, whole.rows],
    [AuditChainEntity, whole.heads],
    [AuditCheckpointEntity, whole.signed],
  ] as const) {
    await manager.clear(entity)
    await manager.insert(entity, rows as never)
  }
}

beforeAll(async () => {
  storage = await createDataSource(config.database).initialize()
  await migrate(storage)
  // Two processes at a time; the second pair begins when the first has written, and both write then.
  const first = process_()
  await first.append(fact(0))
  const second = process_()
  for (let i = 1; i < 16; i++) {
    clock.advance(i % 7 === 0 ? 61_000 : 1000)
    await (i % 3 ? first : second).append(fact(i))
    if (i % 7 === 0) for (const one of [first, second]) await one.checkpointIfDue()
  }
  const third = process_()
  for (let i = 16; i < 28; i++) {
    clock.advance(i % 5 === 0 ? 61_000 : 1000)
    await (i % 2 ? third : second).append(fact(i))
    if (i % 5 === 0) for (const one of [second, third]) await one.checkpointIfDue()
  }
  whole = await read()
})
afterAll(async () => {
  await storage.destroy()
  rmSync(dir, { recursive: true, force: true })
})

/** A number below `n`. */
const pick = (n: number) => random.bytes(4).readUInt32BE(0) % n
const one = <T>(all: readonly T[]): T => all[pick(all.length)] as T
const TEXTS = ['kind', 'actor', 'subject', 'decision', 'reason', 'prevHash', 'hash'] as const

/** Other than before, in one character or in length. */
const altered = (text: string) => {
  if (text === '') return 'x'
  const at = pick(text.length)
  const other = text[at] === 'f' ? 'e' : 'f'
  return one([text.slice(0, at) + other + text.slice(at + 1), text.slice(0, -1), `${text}0`])
}

/** Every way to change what is stored. Each leaves the audit different from what it was. */
const TAMPERS: Record<string, (audit: MemoryAudit) => void> = {
  'an edited text': ({ rows }) => {
    const [row, name] = [one(rows), one(TEXTS)]
    row[name] = altered(row[name])
  },
  'an edited time': ({ rows }) => {
    one(rows).at += one([-1, 1, 60_000])
  },
  'an edit with its hash made anew': ({ rows }) => {
    const row = one(rows)
    row.decision = altered(row.decision)
    row.hash = entryHash(row)
  },
  'a chain rewritten from an entry on': (audit) => {
    const { chainId, seq } = one(audit.rows)
    rewrite(audit, chainId, seq)
  },
  'a deleted entry': ({ rows }) => {
    rows.splice(pick(rows.length), 1)
  },
  'a deleted entry, the rest moved up': (audit) => {
    const [{ chainId, seq }] = audit.rows.splice(pick(audit.rows.length), 1) as [AuditEntryEntity]
    for (const row of audit.rows) if (row.chainId === chainId && row.seq > seq) row.seq -= 1
    rewrite(audit, chainId, seq, false)
  },
  'two entries in each other’s place': ({ rows }) => {
    const a = one(rows)
    const b = one(rows.filter((row) => row.chainId === a.chainId && row.seq !== a.seq))
    ;[a.seq, b.seq] = [b.seq, a.seq]
  },
  'an inserted entry': (audit) => {
    const after = one(audit.rows)
    for (const row of audit.rows)
      if (row.chainId === after.chainId && row.seq > after.seq) row.seq += 1
    const added = { ...after, seq: after.seq + 1, prevHash: after.hash, decision: 'forged' }
    audit.rows.push({ ...added, hash: entryHash(added) })
  },
  'an entry in the name of another chain': ({ rows, heads }) => {
    const row = one(rows)
    row.chainId = one(heads.filter(({ id }) => id !== row.chainId)).id
  },
  'a tail cut off': (audit) => {
    const { chainId, seq } = one(audit.rows)
    for (let i = audit.rows.length - 1; i >= 0; i--) {
      const row = audit.rows[i]
      if (row?.chainId === chainId && row.seq >= seq) audit.rows.splice(i, 1)
    }
  },
  'a tail cut off, and the head told so': (audit) => {
    TAMPERS['a tail cut off']?.(audit)
    for (const head of audit.heads) {
      const last = audit.rows.filter((row) => row.chainId === head.id).at(-1)
      if (last && last.seq < head.headSeq)
        Object.assign(head, { headSeq: last.seq, headHash: last.hash })
      if (!last) head.headSeq = 0
    }
  },
  'a chain removed whole': (audit) => remove(audit, one(audit.heads).id),
  'an edited head': ({ heads }) => {
    const head = one(heads)
    const name = one(['headHash', 'headMac', 'sealedKey'] as const)
    head[name] = altered(head[name])
  },
  'an edited start': ({ heads }) => {
    one(heads).startedAt += 1
  },
  'heads of two chains swapped': ({ heads }) => {
    const [a, b] = heads as [AuditChainEntity, AuditChainEntity]
    ;[a.sealedKey, b.sealedKey] = [b.sealedKey, a.sealedKey]
  },
  'an edited checkpoint': ({ signed }) => {
    const checkpoint = one(signed)
    const name = one(['hash', 'mac'] as const)
    checkpoint[name] = altered(checkpoint[name])
  },
  'an edited time of a checkpoint': ({ signed }) => {
    one(signed).at -= 1
  },
}

const rewrite = (audit: MemoryAudit, chainId: string, from: number, edit = true) => {
  const rows = audit.rows.filter((row) => row.chainId === chainId).sort((a, b) => a.seq - b.seq)
  let prevHash = rows[0]?.prevHash ?? ''
  for (const row of rows) {
    if (edit && row.seq === from) row.actor = altered(row.actor)
    row.prevHash = prevHash
    prevHash = row.hash = entryHash(row)
  }
  const head = audit.heads.find(({ id }) => id === chainId)
  if (head) Object.assign(head, { headSeq: rows.length, headHash: prevHash })
}

const remove = (audit: MemoryAudit, chainId: string) => {
  for (const rows of [audit.rows, audit.signed] as { chainId: string }[][])
    rows.splice(0, rows.length, ...rows.filter((row) => row.chainId !== chainId))
  audit.heads.splice(0, audit.heads.length, ...audit.heads.filter(({ id }) => id !== chainId))
}

describe('F5 every change of the audit is found', () => {
  const kinds = Object.entries(TAMPERS)

  test('it is intact before, in memory and in the database', async () => {
    const report = { chains: 3, entries: whole.rows.length, faults: [] }
    expect(await checkAudit(whole.copy(), vault)).toEqual(report)
    expect(await verifyAudit(storage, vault)).toEqual(report)
    expect(whole.rows.filter(({ kind }) => kind === 'audit.witness').length).toBeGreaterThan(1)
    expect(whole.signed.length).toBeGreaterThan(3)
  })

  test('random tampers, every one found', async () => {
    const missed: string[] = []
    const count = scale(10_000, 100_000, 2_000)
    const tell = countCases(count)
    for (let i = 0; i < count; i++) {
      tell(i)
      const [name, tamper] = kinds[i % kinds.length] as (typeof kinds)[number]
      const audit = whole.copy()
      tamper(audit)
      if ((await checkAudit(audit, vault)).faults.length === 0) missed.push(`${i} ${name}`)
    }
    expect(missed).toEqual([])
  })

  test('through the database and the command, which exits with 1', async () => {
    for (const [name, tamper] of kinds) {
      const audit = whole.copy()
      tamper(audit)
      const kept = whole
      whole = audit
      // Two rows of one key cannot be stored at all.
      const stored = await restore().then(
        () => true,
        () => false,
      )
      const told: string[] = []
      const out = { write: (text: string) => told.push(text) }
      const code = await runCommand(
        {
          config: () => config,
          clock,
          platforms: PLATFORMS,
          stdout: out,
          stderr: { write: () => {} },
        },
        ['audit', 'verify', '--json'],
      )
      whole = kept
      const report = JSON.parse(told.join('')) as { intact: boolean; faults: unknown[] }
      expect({ name, stored, code, intact: report.intact }).toEqual({
        name,
        stored,
        code: 1,
        intact: false,
      })
      await restore()
    }
  })

  test('even the newest chain removed whole, once another process has seen it', async () => {
    const newest = [...whole.heads].sort((a, b) => b.startedAt - a.startedAt)[0]?.id ?? ''
    const audit = whole.copy()
    remove(audit, newest)
    const { faults } = await checkAudit(audit, vault)
    expect(faults).toContainEqual(
      expect.objectContaining({ chainId: newest, what: 'the chain is missing' }),
    )
  })

  test('a database set back as a whole only by a place noted outside', async () => {
    const { chainId, seq, hash } = whole.rows.at(-1) as AuditEntryEntity
    const audit = new MemoryAudit([], [], [])
    expect((await checkAudit(audit, vault)).faults).toEqual([])
    const { faults } = await checkAudit(audit, vault, { expected: [{ chainId, seq, hash }] })
    expect(faults).toEqual([{ chainId, seq, what: 'the chain is missing' }])
  })
})
