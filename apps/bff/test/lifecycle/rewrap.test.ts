import { envelopeKeyId } from '@sealcard/crypto'
import { countCases, scale } from '@sealcard/testing'
import type { Config } from '../../src/core/config/config.js'
import { Secret } from '../../src/core/config/secret.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { Rewrap } from '../../src/lifecycle/rewrap.service.js'
import { sealedColumns, sealRefOf } from '../../src/lifecycle/sealed-columns.js'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'
import { runCommand } from '../../src/tools/cli/run.js'
import { testConfig } from '../kit/config.js'
import { key, wechatProof } from '../kit/proofs.js'
import { TestApp } from '../kit/test-app.js'

const sealingKey = (id: string, byte: number) => ({
  id,
  secret: new Secret(Buffer.alloc(32, byte).toString('base64')),
})
const old = sealingKey('k0', 1)
const primary = sealingKey('k1', 2)
const under = (...keys: [Config['keyring']['keys'][0], ...Config['keyring']['keys'][0][]]) => ({
  keyring: { keys },
})

let app: TestApp
const others: TestApp[] = []
beforeEach(async () => {
  app = await TestApp.start(under(old))
})
afterEach(async () => {
  for (const other of others.splice(0)) await other.nest.close()
  await app.stop()
})

/** The same database, under other sealing keys. */
const beside = async (change: Partial<Config>) => {
  const other = await TestApp.start(change, app)
  others.push(other)
  return other
}

/** Everything that gets sealed: people, keys, cards, declared values, the keys of hashes, an audit chain, an access token. */
const fill = async (cards: number) => {
  const alice = await app.login('alice')
  await app.login('alice', undefined, 'second')
  const shared = []
  for (let i = 0; i < cards; i++) shared.push(await app.shared(alice, { body: `Secret ${i}` }))
  const vault = app.nest.get(Vault)
  await app.storage.manager.insert('access_tokens', {
    appId: 'acme-wechat',
    envelope: vault.seal(
      { table: 'access_tokens', row: 'acme-wechat', purpose: 'access_token' },
      'T',
    ),
    fetchedAt: 1,
    refreshAt: 2,
    expiresAt: 3,
    leaseOwner: null,
    leaseUntil: 0,
    forcedAt: 0,
    forcedDay: 0,
    forcedCount: 0,
  })
  return { alice, shared }
}

/** Every envelope that lies anywhere in the database: `table.column` → row → envelope. */
const envelopes = async () => {
  const found = new Map<string, [string, string][]>()
  for (const { tableName, columns, primaryColumns } of app.storage.entityMetadatas) {
    const rows: Record<string, unknown>[] = await app.storage.query(`SELECT * FROM ${tableName}`)
    for (const row of rows) {
      for (const { databaseName } of columns) {
        const value = row[databaseName]
        if (typeof value !== 'string' || !/^v1\.[\w-]{1,32}\.[\w-]{38,}$/.test(value)) continue
        const name = `${tableName}.${databaseName}`
        const id = String(row[primaryColumns[0]?.databaseName ?? ''])
        found.set(name, [...(found.get(name) ?? []), [id, value]])
      }
    }
  }
  return found
}

describe('E2 the registry of sealed columns', () => {
  test('holds every column where an envelope lies, with what it is sealed for', async () => {
    await fill(1)
    const columns = sealedColumns(app.storage)
    const found = await envelopes()
    const registered = columns.map(({ table, column }) => `${table}.${column}`)
    expect([...found.keys()].filter((column) => !registered.includes(column))).toEqual([])
    expect(found.size).toBeGreaterThanOrEqual(9)
    const vault = app.nest.get(Vault)
    for (const column of columns) {
      for (const [row, envelope] of found.get(`${column.table}.${column.column}`) ?? []) {
        expect(typeof vault.unseal(sealRefOf(column, row), envelope)).toBe('string')
      }
    }
  })
})

describe('E2 rewrap', () => {
  test('under load: no failed read, and afterwards the old key is not needed', async () => {
    // Three sealed values each: title, body and what is declared. At night 100,000 and more.
    const { alice, shared } = await fill(scale(60, 33_400))
    const service = await beside(under(primary, old))
    const failed: string[] = []
    let [done, running] = [0, true]
    const load = async (n: number) => {
      for (let i = n; running; i += 3) {
        const { cardId, shareId, declared } = shared[i % shared.length] as (typeof shared)[0]
        const bob = await service.login(`bob-${n}-${i % 7}`)
        const proof = wechatProof(key(`bob-${n}-${i % 7}`), declared, `${n}:${i}`)
        const answers = [
          await service.call('GET', `/v1/cards/${cardId}`, { token: alice }),
          await service.open(bob, shareId, proof),
          await service.call('POST', `/v1/cards/${cardId}/shares`, { token: alice }),
          await service.call('POST', '/v1/cards', {
            token: alice,
            body: { title: 'N', body: 'N' },
          }),
        ]
        for (const { status, text } of answers) if (status >= 300) failed.push(text)
        done += answers.length
      }
    }
    const loads = [0, 1, 2].map(load)
    const report = await service.nest.get(Rewrap).run()
    running = false
    await Promise.all(loads)
    countCases(report.moved)
    expect(failed).toEqual([])
    expect(done).toBeGreaterThan(0)
    expect(report).toMatchObject({ primary: 'k1', overtaken: 0, failed: 0, failures: [] })
    expect(report.moved).toBeGreaterThan(3 * shared.length)
    const keys = [...(await envelopes()).values()].flat().map(([, one]) => envelopeKeyId(one))
    expect(new Set(keys)).toEqual(new Set(['k1']))

    const after = await beside(under(primary))
    for (const [i, { cardId }] of shared.entries()) {
      const { body } = await after.call('GET', `/v1/cards/${cardId}`, { token: alice })
      expect(body.body).toBe(`Secret ${i}`)
    }
    expect(await service.nest.get(Rewrap).run()).toMatchObject({ moved: 0, failed: 0 })
  })

  test('a row that another transaction changes keeps that change, and is read again', async () => {
    const { shared } = await fill(1)
    const service = await beside(under(primary, old))
    const { cardId } = shared[0] as (typeof shared)[0]
    const vault = service.nest.get(Vault)
    const ref = { table: 'cards', row: cardId, purpose: 'body' }
    const racing = new Rewrap(service.storage, vault)
    const newer = new Vault(under(old).keyring).seal(ref, 'Newer')
    // Between reading and writing: the first thing that a transaction of the pass over bodies does.
    const transaction = service.storage.transaction.bind(service.storage)
    const spy = jest.spyOn(service.storage, 'transaction').mockImplementation((async (
      work: never,
    ) => {
      const { sealed_body: body } = (
        await service.storage.query('SELECT sealed_body FROM cards WHERE id = ?', [cardId])
      )[0]
      if (body !== newer && envelopeKeyId(body) === 'k0')
        await service.storage.query('UPDATE cards SET sealed_body = ? WHERE id = ?', [
          newer,
          cardId,
        ])
      return transaction(work)
    }) as never)
    const report = await racing.run()
    spy.mockRestore()
    expect(report).toMatchObject({ overtaken: 0, failed: 0 })
    const [row] = await service.storage.query('SELECT sealed_body FROM cards WHERE id = ?', [
      cardId,
    ])
    expect(new Vault(under(primary).keyring).unseal(ref, row.sealed_body)).toBe('Newer')
  })

  test('without the old key: what is left fails closed, is named, and the command exits with 1', async () => {
    const { alice, shared } = await fill(2)
    const { cardId, shareId, declared } = shared[0] as (typeof shared)[0]
    // The keys of hashes, without which nothing starts, and one card were moved in time; the rest was not.
    const vault = new Vault(under(primary, old).keyring)
    const move = async (table: string, id: string, column: string, purpose: string, of = '%') => {
      const rows: { id: string; sealed: string }[] = await app.storage.query(
        `SELECT ${id} id, ${column} sealed FROM ${table} WHERE ${id} LIKE ?`,
        [of],
      )
      for (const { id: row, sealed } of rows) {
        const moved = vault.rewrap({ table, row, purpose }, sealed)
        await app.storage.query(`UPDATE ${table} SET ${column} = ? WHERE ${id} = ?`, [moved, row])
      }
    }
    await move('peppers', 'name', 'sealed_key', 'key')
    await move('cards', 'id', 'sealed_body', 'body', shared[1]?.cardId)
    const service = await beside(under(primary))
    const read = await service.call('GET', `/v1/cards/${cardId}`, { token: alice })
    expect(read.status).toBe(500)
    expect(read.text).not.toContain('Secret')
    const bob = await service.login('bob')
    const opened = await service.open(bob, shareId, wechatProof(key('bob'), declared))
    expect([opened.status, opened.text.includes('Secret')]).toEqual([500, false])
    // A person's own keys heal: the next login brings new ones.
    await service.login('alice')

    const told: string[] = []
    const file = String(app.storage.options.database)
    const config = testConfig(file, under(primary))
    const io = { stdout: { write: (s: string) => told.push(s) }, stderr: { write: () => {} } }
    const code = await runCommand(
      { config: () => config, clock: app.clock, platforms: PLATFORMS, ...io },
      ['keys', 'rewrap', '--json'],
    )
    const report = JSON.parse(told.join(''))
    expect(code).toBe(1)
    expect(report).toMatchObject({ clean: false, primary: 'k1', moved: 0, overtaken: 0 })
    expect(report.failed).toBe(report.failures.length)
    expect(report.failures).toContainEqual({
      table: 'cards',
      column: 'sealed_body',
      row: cardId,
      keyId: 'k0',
      what: 'no such key',
    })
    expect(told.join('')).not.toContain('Secret')
  })

  test('what was damaged is named as that', async () => {
    const { shared } = await fill(2)
    const [a, b] = shared as [(typeof shared)[0], (typeof shared)[0]]
    await app.storage.query(
      'UPDATE cards SET sealed_body = (SELECT sealed_body FROM cards WHERE id = ?) WHERE id = ?',
      [a.cardId, b.cardId],
    )
    await app.storage.query("UPDATE cards SET sealed_title = 'x' WHERE id = ?", [a.cardId])
    const service = await beside(under(primary, old))
    const { failures } = await service.nest.get(Rewrap).run()
    const cards = { table: 'cards', what: 'does not open' }
    expect(failures).toEqual([
      { ...cards, column: 'sealed_title', row: a.cardId, keyId: null },
      { ...cards, column: 'sealed_body', row: b.cardId, keyId: 'k0' },
    ])
  })

  test('the report counts every failure, and shows the first hundred', async () => {
    await fill(60)
    await app.storage.query("UPDATE cards SET sealed_title = 'x', sealed_body = 'x'")
    const service = await beside(under(primary, old))
    const { failed, failures } = await service.nest.get(Rewrap).run()
    expect([failed, failures.length]).toEqual([120, 100])
  })
})
