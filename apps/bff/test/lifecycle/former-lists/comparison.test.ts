import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type DataSource, FindOperator, type ObjectLiteral } from 'typeorm'
import { dataMap } from '../../../src/database/data-map.js'
import { personTables } from '../../../src/lifecycle/person-tables.js'
import { retentionRules } from '../../../src/lifecycle/retention-rules.js'
import { createDataSource } from '../../../src/schema/data-source.js'
import * as formerPeople from './person-tables.js'
import { retentionRules as formerRules } from './retention-rules.js'

interface Tag {
  table: string
  property: string
  purpose: string
  personal: boolean
  until: string
  sealed?: string
  toldTo?: string
}

let storage: DataSource
beforeAll(async () => {
  const memory = { kind: 'sqlite', file: ':memory:', engine: 'sqlite3' } as const
  storage = await createDataSource(memory).initialize()
})
afterAll(() => storage.destroy())

const NOW = 1_800_000_000_000

/** Conditions in words, whatever the order of their parts. */
const words = (value: unknown): unknown => {
  if (!(value instanceof FindOperator)) return value
  if (value.type === 'and')
    return (value.value as unknown as unknown[]).map((one) => JSON.stringify(words(one))).sort()
  if (value.type === 'raw')
    return { sql: value.getSql?.('c').replace(/\s+/g, ' '), ...value.objectLiteralParameters }
  return [value.type, value.child ? words(value.child) : value.value]
}
const inWords = (where: ObjectLiteral | ObjectLiteral[]) =>
  [where]
    .flat()
    .map((one) =>
      Object.entries(one as ObjectLiteral)
        .map(([name, value]) => `${name} ${JSON.stringify(words(value))}`)
        .sort()
        .join(' and '),
    )
    .sort()

describe('the policy at the entities is what the lists said', () => {
  test('of every column', () => {
    const tags = JSON.parse(readFileSync(path.join(__dirname, 'tags.json'), 'utf8')) as Tag[]
    const key = ({ table, property }: { table: string; property: string }) => `${table}.${property}`
    const now = dataMap(storage).flatMap(({ table, columns }) =>
      columns.map(({ property, purpose, personal, until, sealed }) => ({
        table,
        property,
        purpose,
        personal,
        until,
        ...(sealed && { sealed: sealed.for }),
        ...(sealed && sealed.toldTo !== 'nobody' && { toldTo: sealed.toldTo }),
      })),
    )
    const sorted = (list: readonly { table: string; property: string }[]) =>
      [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1))
    // Through it a person's rows are found; the list said nothing of that.
    const before = tags.map((tag) =>
      key(tag) === 'idempotency_keys.cardId' ? { ...tag, personal: true } : tag,
    )
    expect(sorted(now)).toEqual(sorted(before))
  })

  test('of every rule of retention', () => {
    const told = (rules: readonly (typeof formerRules)[number][]) =>
      Object.fromEntries(
        rules.map(({ name, retention, entity, due, empty, audited }) => [
          name,
          { retention, entity, empty, audited, due: inWords(due(NOW)) },
        ]),
      )
    expect(told(retentionRules(storage))).toEqual(told(formerRules))
  })

  test('of every table of people, in the same order', () => {
    const rows = [
      { actor: 'me', kind: 'opening', decision: 'refused', hash: 'h', prevHash: 'p' },
      { actor: 'me', kind: 'opening', decision: 'granted' },
      { actor: 'admin:root', kind: 'opening', decision: 'refused' },
      { actor: 'cli', kind: 'person.read', decision: 'done' },
      { outcome: 'rejected' },
      { outcome: 'refused' },
    ]
    const former = formerPeople.personTables.map(({ entity, where, erasure, withheld }) => ({
      entity,
      where: inWords(where('me')),
      erasure: typeof erasure === 'function' ? erasure('nobody') : erasure,
      withheld: rows.map((row) => withheld?.(row, 'me') ?? {}),
    }))
    const now = personTables(storage).map(({ entity, where, erasure, withheld }) => ({
      entity,
      where: inWords(where('me')),
      erasure: typeof erasure === 'function' ? erasure('nobody') : erasure,
      withheld: rows.map((row) => withheld(row, 'me')),
    }))
    expect(now).toEqual(former)
    expect(former).toHaveLength(15)
  })

  test('of administrators', () => {
    const now = dataMap(storage).filter(({ policy }) => policy.administrators)
    expect(new Set(now.map(({ entity }) => entity))).toEqual(
      new Set(formerPeople.administratorTables),
    )
  })
})
