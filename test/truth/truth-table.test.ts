import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { startLeanStack, type LeanStack } from '../support/lean-stack.js'
import {
  ALTERNATIVES,
  canProve,
  CLIENTS,
  READERS,
  RECIPIENTS,
  type ClientAge,
  type Reader,
} from './cases.js'
import { paperOf, type Played } from './paper.js'
import { TruthWorld, type Decision, type Row } from './play.js'

const FILE = path.resolve(__dirname, '../../docs/generated/truth-table.md')
/** Milliseconds. About 500 calls; this only ends what hangs, on a machine that is busy with others too. */
const HANGS = 600_000
const REFUSED = { status: 403, what: 'ERR_PROOF_REJECTED' }

let stack: LeanStack
let played: Played
const uses: Decision[] = []

const PLACES = (['wechat', 'wecom'] as const).flatMap((client) =>
  (['single', 'group'] as const).map((chat) => ({ client, chat })),
)

beforeAll(async () => {
  stack = await startLeanStack()
  const world = new TruthWorld(stack)
  await world.start()
  const rows: Row[] = []
  for (const { client, chat } of PLACES) {
    for (const reader of READERS[client][chat]) {
      // Of a WeChat user in a WeCom chat, one client is enough: none gets a ticket.
      const ages = reader === 'customer' ? ['new'] : Object.keys(CLIENTS[client])
      for (const age of ages as ClientAge[]) rows.push(await world.play(client, chat, reader, age))
    }
  }
  const alternatives: Played['alternatives'][number][] = []
  for (const alternative of ALTERNATIVES) {
    for (const [chat, reader] of alternative.rows) {
      const row = await world.playWith(alternative, chat, reader)
      alternatives.push({ alternative, row })
    }
  }
  for (const { client, chat } of PLACES) uses.push(await world.useTheProof(client, chat))
  played = { rows, alternatives }
}, HANGS)
afterAll(() => stack.stop())

const named = ({ client, chat, reader, age }: Row) => `${client} ${chat} ${reader} ${age}`
const isRecipient = (reader: Reader) => RECIPIENTS.includes(reader)

test('the service opens a card for each recipient whose client can prove it, and for nobody else', () => {
  const opened = played.rows.filter(({ decision }) => decision.what === 'card')
  const expected = played.rows.filter(
    ({ client, reader, age }) => isRecipient(reader) && canProve(client, age),
  )
  expect(opened.map(named)).toEqual(expected.map(named))
  const others = played.rows.filter(
    (row) => row.reader !== 'sharer' && row.decision.what !== 'card',
  )
  for (const { decision } of others) expect(decision).toEqual(REFUSED)
})

test('the service knows the sharer without a proof', () => {
  const own = played.rows.filter(({ reader }) => reader === 'sharer')
  for (const { decision } of own) expect(decision).toEqual({ status: 200, what: 'owner' })
})

test('a good proof of a recipient opens nothing for another person, and then opens for the recipient', () => {
  const others = played.rows.filter(({ copied, reader }) => copied && reader !== 'sharer')
  expect(new Set(others.map(({ reader }) => reader))).toEqual(
    new Set(['stranger', 'joiner', 'leaver', 'customer']),
  )
  for (const { copied } of others) expect(copied).toEqual(REFUSED)
  expect(uses).toEqual(PLACES.map(() => ({ status: 201, what: 'card' })))
})

test('the service decides the same, whatever the platform does where its documents are silent', () => {
  for (const { row } of played.alternatives) {
    const usual = played.rows.find((one) => named(one) === named(row))!
    expect([usual.enter, usual.asked.ok, usual.asked.res]).not.toEqual([
      row.enter,
      row.asked.ok,
      row.asked.res,
    ])
    expect([row.decision, row.copied]).toEqual([usual.decision, usual.copied])
  }
})

test('docs/generated/truth-table.md is what was played', () => {
  const text = paperOf(played)
  if (process.env['SEALCARD_WRITE_DOCS'] === '1') writeFileSync(FILE, text)
  else expect(unformatted(readFileSync(FILE, 'utf8'))).toBe(unformatted(text))
})

/** However a formatter sets tables. */
const unformatted = (text: string) => text.replace(/\s+|-{2,}/g, '')
