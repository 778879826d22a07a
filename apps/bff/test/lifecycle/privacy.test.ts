import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { verifyAudit } from '../../src/audit/verify-audit.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { retentions } from '../../src/database/data-policy.js'
import { personTables } from '../../src/lifecycle/person-tables.js'
import { PersonService } from '../../src/lifecycle/person.service.js'
import { CreateCardService } from '../../src/members/cards/create-card.js'
import { ViewerRepository } from '../../src/members/sessions/viewer.repository.js'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'
import { runCommand } from '../../src/tools/cli/run.js'
import { WECHAT, testConfig } from '../kit/config.js'
import { Members } from '../kit/members.js'
import { key, wechatProof } from '../kit/proofs.js'
import { readCopy } from '../kit/read-copy.js'
import { TestApp } from '../kit/test-app.js'

let app: TestApp
beforeEach(async () => {
  app = await TestApp.start()
})
afterEach(() => app.stop())

test("G2 a person's id of the platform is stored as a keyed hash and sealed, and in no other form", async () => {
  const openid = 'oPENid-of-somebody-28-letters'
  await app.login(openid)
  const [row] = await app.storage.query('SELECT lookup, sealed_key FROM viewers')
  expect(row.sealed_key).toMatch(/^v1\./)
  const file = String(app.storage.options.database)
  const bytes = Buffer.concat([file, `${file}-wal`].map((one) => readFileSync(one)))
  expect(bytes.includes(row.lookup)).toBe(true)
  // An unkeyed hash could be found by trying every openid.
  const hashes = [
    openid,
    `${WECHAT}${openid}`,
    `${WECHAT} ${openid}`,
    `${WECHAT}|${openid}`,
  ].flatMap((text) => {
    const hash = createHash('sha256').update(text).digest()
    return [hash.toString('hex'), hash.toString('base64url')]
  })
  expect([openid, ...hashes].filter((form) => bytes.includes(form))).toEqual([])
})

describe('G1 how long what stays', () => {
  test('the README lists every retention as it is', () => {
    const text = readFileSync(`${__dirname}/../../README.md`, 'utf8')
    const readme = text.slice(text.indexOf('### Retention'), text.indexOf('### Keys'))
    const rows = new Map(
      [...readme.matchAll(/^\| `(\w+)` +\| (.+?) +\| (.+?) +\|$/gm)].map(([, word, en]) => [
        word,
        en,
      ]),
    )
    expect(Object.fromEntries(rows)).toEqual(retentions)
  })
})

/** Bob opened Alice's card and sent one of his own, which Alice opened. */
const meet = async () => {
  const alice = await app.login('alice')
  const bob = await app.login('bob')
  const hers = await app.shared(alice, { body: 'From Alice' })
  const his = await app.shared(bob, { title: 'Bob’s title', body: 'From Bob' })
  const headers = { 'idempotency-key': 'k' }
  await app.call('POST', '/v1/cards', { token: bob, body: { title: 'T', body: 'B' }, headers })
  const proof = wechatProof(key('bob'), hers.declared)
  const opened = await app.open(bob, hers.shareId, proof)
  expect(opened.status).toBe(201)
  await app.open(alice, his.shareId, wechatProof(key('alice'), his.declared))
  const id = (await app.nest.get(ViewerRepository).find(WECHAT, 'bob'))?.id ?? ''
  return { alice, bob, hers, his, proof, id }
}
const people = () => app.nest.get(PersonService)
const BOB = { app: WECHAT, viewerKey: 'bob' }

describe('G4 erasing a person', () => {
  test('leaves nothing that leads to them, and the audit intact', async () => {
    const { alice, bob, hers, his, proof, id } = await meet()
    const erased = await people().erase(BOB, { actor: 'admin', reason: 'asked for it' })
    expect(erased).toMatchObject({ viewers: 1, viewer_keys: 1, sessions: 1, cards: 2, shares: 1 })

    for (const { entity, table, where, erasure } of personTables(app.storage)) {
      const rows = await app.storage.manager.find(entity, { where: where(id) })
      if (erasure !== 'keep') expect({ table, left: rows.length }).toEqual({ table, left: 0 })
    }
    const told = "SELECT count(*) n FROM audit_entries WHERE actor = ? AND kind <> 'person.erase'"
    expect(Number((await app.storage.query(told, [id]))[0].n)).toBeGreaterThan(2)
    const vault = app.nest.get(Vault)
    for (const { tableName, columns } of app.storage.entityMetadatas) {
      for (const row of await app.storage.query(`SELECT * FROM ${tableName}`)) {
        const text = JSON.stringify(row)
        if (!tableName.startsWith('audit_')) expect(text).not.toContain(id)
        // As a word of its own: three letters come about in base64url.
        expect(text).not.toMatch(/(?<![\w-])bob(?![\w-])/)
        expect(columns.length).toBeGreaterThan(0)
        if (tableName === 'cards' && row.sealed_body)
          expect(
            vault.unseal({ table: 'cards', row: row.id, purpose: 'body' }, row.sealed_body),
          ).toBe('From Alice')
      }
    }
    expect(await verifyAudit(app.storage, vault)).toMatchObject({ faults: [] })

    expect((await app.call('GET', '/v1/cards?box=sent', { token: bob })).status).toBe(401)
    const roster = await app.call('GET', `/v1/cards/${hers.cardId}/openings`, { token: alice })
    expect(roster.body.items).toHaveLength(1)
    expect(roster.body.items[0].viewer.id).not.toBe(id)
    const theirs = await app.open(
      alice,
      his.shareId,
      wechatProof(key('alice'), his.declared, 'another'),
    )
    expect(theirs.body.code).toBe('ERR_CARD_REVOKED')
    // A person who comes back is a new viewer, and a proof from before stays used.
    const again = await app.login('bob')
    expect((await app.open(again, hers.shareId, proof)).body.code).toBe('ERR_PROOF_REJECTED')
    expect((await app.nest.get(ViewerRepository).find(WECHAT, 'bob'))?.id).not.toBe(id)
  })

  test('is atomic: when it fails, nothing of the person changes', async () => {
    const { bob, id } = await meet()
    const remove = jest.spyOn(app.nest.get(ViewerRepository), 'lock')
    remove.mockRejectedValueOnce(new Error('no'))
    await expect(people().erase(BOB, { actor: 'admin' })).rejects.toThrow('no')
    remove.mockRestore()
    expect((await app.call('GET', '/v1/cards?box=sent', { token: bob })).body.items).toHaveLength(2)
    expect(await people().erase({ id }, { actor: 'admin' })).toMatchObject({ viewers: 1 })
  })

  test('G4 a person who is erased while making a card leaves none', async () => {
    const me = await new Members(app).principal(await app.login('bob'))
    await people().erase(BOB, { actor: 'admin' })
    const making = app.nest.get(CreateCardService, { strict: false })
    await expect(making.create(me, { title: 'T', body: 'B' }, 'key')).rejects.toMatchObject({
      code: 'ERR_SESSION',
    })
    expect(await app.storage.query('SELECT 1 FROM cards')).toEqual([])
    expect(await app.storage.query('SELECT 1 FROM idempotency_keys')).toEqual([])
  })

  test('of an unknown person, or of the same person in another app, changes nothing', async () => {
    await meet()
    expect(await people().erase({ app: WECHAT, viewerKey: 'nobody' }, { actor: 'x' })).toBeNull()
    expect(
      await people().erase({ app: 'beta-wechat', viewerKey: 'bob' }, { actor: 'x' }),
    ).toBeNull()
    expect(await people().erase({ id: 'nobody' }, { actor: 'x' })).toBeNull()
    expect(
      await people().export({ app: 'beta-wechat', viewerKey: 'bob' }, 'machine', { actor: 'x' }),
    ).toBeNull()
  })
})

describe('G5 what is held about a person', () => {
  test('is exported whole, with purpose and retention, and without secrets', async () => {
    const { id, his, bob, alice } = await meet()
    const told = await readCopy(await people().export(BOB, 'machine', { actor: 'admin' }))
    const rows = (table: string) => told?.tables[table]?.rows ?? []
    expect(Object.keys(told?.tables ?? {}).sort()).toEqual(
      personTables(app.storage)
        .map(({ table }) => table)
        .sort(),
    )
    expect(rows('viewers')).toEqual([expect.objectContaining({ id, sealedKey: 'bob' })])
    expect(rows('cards')).toContainEqual(
      expect.objectContaining({ sealedTitle: 'Bob’s title', sealedBody: 'From Bob' }),
    )
    expect(rows('viewer_keys')).toEqual([expect.objectContaining({ currentKey: '(held sealed)' })])
    for (const table of [
      'sessions',
      'idempotency_keys',
      'shares',
      'openings',
      'proofs',
      'card_viewers',
    ])
      expect({ table, rows: rows(table).length }).toEqual({ table, rows: 1 })
    expect(rows('audit_entries').length).toBeGreaterThan(3)
    expect(told?.tables['sessions']?.columns['viewerId']).toEqual({
      purpose: 'who is logged in',
      until: '3 days from the login',
    })
    const text = JSON.stringify(told)
    for (const secret of [key('bob'), his.declared, bob, alice, 'From Alice', 'v1.k1.'])
      expect(text).not.toContain(secret)
  })

  test('both as commands, with exit codes', async () => {
    await meet()
    const config = testConfig(String(app.storage.options.database))
    const run = async (...args: string[]) => {
      const [out, err]: string[][] = [[], []]
      const io = {
        stdout: { write: (text: string) => out?.push(text) },
        stderr: { write: (text: string) => err?.push(text) },
      }
      const code = await runCommand(
        { config: () => config, clock: app.clock, platforms: PLATFORMS, ...io },
        args,
      )
      return { code, out: (out ?? []).join(''), err: (err ?? []).join('') }
    }
    const bob = ['--app', WECHAT, '--viewer', 'bob']
    const told = await run('export-person', ...bob)
    expect(told.code).toBe(0)
    expect(JSON.parse(told.out)).toMatchObject({ format: 'sealcard.person.1' })
    expect(await run('erase', ...bob, '--reason', 'it was bob')).toMatchObject({ code: 2, out: '' })
    const erased = await run('erase', ...bob, '--json', '--reason', 'asked for it')
    expect({ code: erased.code, ...JSON.parse(erased.out) }).toMatchObject({
      code: 0,
      found: true,
      cards: 2,
    })
    expect(await run('erase', ...bob)).toMatchObject({ code: 1, out: 'no such person\n' })
    expect((await run('export-person', ...bob)).code).toBe(1)
    expect((await run('erase', '--app', WECHAT)).err).toMatch(/^--viewer is missing\n/)
    expect((await run('audit', 'verify')).code).toBe(0)
  })
})
