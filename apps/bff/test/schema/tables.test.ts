import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ObjectLiteral } from 'typeorm'
import { DAY, HOUR } from '../../src/core/time.js'
import { dataMap, type TableData, wordOf } from '../../src/database/data-map.js'
import { type RetentionRule, withholdings, retentions } from '../../src/database/data-policy.js'
import { personTables } from '../../src/lifecycle/person-tables.js'
import { createDataSource } from '../../src/schema/data-source.js'

const FILE = path.resolve(__dirname, '../../../../docs/generated/tables.md')
const SOURCE = path.resolve(__dirname, '../../src')

/** Where each table is declared, and what the declaration says that it is for. */
const declared = (): Map<string, { owner: string; purpose: string }> => {
  const tables = new Map<string, { owner: string; purpose: string }>()
  for (const name of readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue
    const text = readFileSync(path.join(SOURCE, name), 'utf8')
    for (const [, doc = '', table = ''] of text.matchAll(
      /\/\*\*((?:(?!\*\/)[^])*)\*\/\n@Entity\('(\w+)'\)/g,
    )) {
      const words = doc.replace(/\s*\n \* ?/g, ' ').trim()
      const [purpose = ''] = /^.*?\.(?= |$)/.exec(words) ?? [words]
      tables.set(table, { owner: path.posix.dirname(name.split(path.sep).join('/')), purpose })
    }
  }
  return tables
}

const code = (name: string) => `\`${name}\``
const list = (names: readonly string[]) => [...new Set(names)].map(code).join(', ')

const lengthOf = (ms: number) => (ms > 2 * DAY ? `${ms / DAY} days` : `${ms / HOUR} h`)

/** When the rows of a rule are due. */
const when = ({ columns }: TableData, rule: RetentionRule<ObjectLiteral>): string => {
  const nameOf = (property: string) =>
    code(columns.find((one) => one.property === property)?.column ?? '')
  return rule.due
    .map((due) => {
      if (!('since' in due)) return due.text
      const { since, ms, latest, and } = due
      const after = ms === 0 ? `from ${nameOf(since)} on` : `${lengthOf(ms)} after ${nameOf(since)}`
      const ahead = latest === undefined ? '' : ` (or when that lies further ahead than it can)`
      return `${after}${and ? `, if ${and.text}` : ''}${ahead}`
    })
    .join('; or ')
}

const rules = (table: TableData): string[] => {
  const { policy, columns } = table
  return (policy.retention ?? []).map((rule) => {
    const blanked = columns.filter(({ until }) => until === wordOf(rule, policy))
    const what = rule.blank
      ? `null in ${list(blanked.map(({ column }) => column))}`
      : 'rows are deleted'
    const first = rule.after ? `; after ${code(rule.after)}` : ''
    return row(
      code(table.table),
      code(rule.name),
      code(wordOf(rule, policy)),
      what,
      `${when(table, rule)}${first}`,
    )
  })
}

const ERASURES = { delete: 'rows are deleted', keep: 'rows stay', columns: '' }

const person = ({ table, policy, columns }: TableData): string => {
  const foundBy = columns.flatMap(({ column, person }) => {
    if (person === undefined) return []
    const through = person === 'id' ? '' : ` through ${code(`${person.table}.${person.person}`)}`
    return [`${code(column)}${through}`]
  })
  const erased = columns.flatMap(({ column, erased }) =>
    erased ? [`${code(column)} becomes ${erased === 'null' ? 'null' : 'a pseudonym'}`] : [],
  )
  const withheld = columns.flatMap(({ column, withheld }) =>
    withheld ? [`${code(column)} (${withheld.map(({ because }) => because).join(', ')})`] : [],
  )
  const sealed = columns.flatMap(({ column, sealed }) =>
    sealed && sealed.toldTo !== 'everybody'
      ? [`${code(column)} (${sealed.toldTo === 'person' ? 'not to administrators' : 'secret'})`]
      : [],
  )
  const erasure = ERASURES[policy.erasure ?? 'keep'] || erased.join(', ')
  return row(code(table), foundBy.join(', '), erasure, [...withheld, ...sealed].join(', '))
}

const row = (...cells: string[]) => `| ${cells.join(' | ')} |`
const asTable = (head: string[], rows: readonly string[]) =>
  [row(...head), row(...head.map(() => '---')), ...rows].join('\n')

const write = async (): Promise<string> => {
  const memory = { kind: 'sqlite', file: ':memory:', engine: 'sqlite3' } as const
  const dataSource = await createDataSource(memory).initialize()
  const sources = declared()
  const ownerOf = (table: string) => sources.get(table)?.owner ?? ''
  const tables = dataMap(dataSource).sort((a, b) =>
    ownerOf(a.table) + a.table < ownerOf(b.table) + b.table ? -1 : 1,
  )
  const people = personTables(dataSource)
  await dataSource.destroy()
  const lines = tables.map(({ table, policy, columns }) =>
    row(
      code(table),
      code(ownerOf(table)),
      sources.get(table)?.purpose ?? '',
      list(columns.map(({ until }) => until)),
      policy.erasure ? 'a person' : policy.administrators ? 'administrators' : '',
      list(columns.flatMap(({ column, sealed }) => (sealed ? [column] : []))),
    ),
  )
  return [
    '# Tables',
    'A test writes this file from `@DataPolicy` and `@Purpose` at the entities: `SEALCARD_WRITE_DOCS=1` writes it anew.',
    'The first sentence at the entity is the purpose.',
    asTable(['table', 'owner', 'purpose', 'kept', 'about', 'sealed'], lines),
    '## How long',
    asTable(
      ['word', 'kept'],
      Object.entries(retentions).map(([word, kept]) => row(code(word), kept)),
    ),
    '## When age ends it',
    'The job `retention` runs these rules. Rules that blank columns run first.',
    asTable(['table', 'rule', 'word', 'what happens', 'when'], tables.flatMap(rules)),
    '## A person',
    'In this order an erasure changes the rows of a person, and a copy tells them. `lifecycle/across-tables.ts` has the order.',
    'A copy tells every other column, by the name of its property.',
    asTable(['table', 'found by', 'erasure', 'not in the copy'], people.map(person)),
    Object.entries(withholdings)
      .map(([word, because]) => `- ${word}: ${because}. Only the person’s own copy withholds it.`)
      .join('\n'),
    '',
  ].join('\n\n')
}

describe('docs/generated/tables.md', () => {
  it('names every table with its owner, its purpose and how long it keeps what', async () => {
    const text = await write()
    const [first = ''] = text.split('\n## ')
    expect([...declared().keys()].sort()).toEqual(
      [...first.matchAll(/^\| `(\w+)` \| `[a-z/-]+` \| [^|]+ \|/gm)].map(([, name]) => name).sort(),
    )
    if (process.env['SEALCARD_WRITE_DOCS'] === '1') writeFileSync(FILE, text)
    else expect(unformatted(readFileSync(FILE, 'utf8'))).toBe(unformatted(text))
  })
})

/** However a formatter sets tables. */
const unformatted = (text: string) => text.replace(/\s+|-{2,}/g, '')
