import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { dataMap, retentions } from '../../src/database/columns.js'
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

const write = async (): Promise<string> => {
  const dataSource = await createDataSource({
    kind: 'sqlite',
    file: ':memory:',
    engine: 'sqlite3',
  }).initialize()
  const columns = dataMap(dataSource)
  const names = dataSource.entityMetadatas.map(({ tableName }) => tableName)
  await dataSource.destroy()
  const sources = declared()
  const lines = names
    .map((table) => {
      const { owner = '', purpose = '' } = sources.get(table) ?? {}
      const own = columns.filter(({ column }) => column.startsWith(`${table}.`))
      const unique = (values: readonly string[]) =>
        [...new Set(values)].map((value) => `\`${value}\``).join(', ')
      const named = (wanted: (column: (typeof own)[number]) => boolean) =>
        unique(own.filter(wanted).map(({ column }) => column.slice(table.length + 1)))
      const cells = [
        `\`${table}\``,
        `\`${owner}\``,
        purpose,
        unique(own.map(({ until }) => until)),
        own.some(({ personal }) => personal) ? 'yes' : 'no',
        named(({ sealed }) => sealed !== undefined),
      ]
      return { owner, line: `| ${cells.join(' | ')} |` }
    })
    .sort((a, b) => (a.owner + a.line < b.owner + b.line ? -1 : 1))
    .map(({ line }) => line)
  const words = Object.entries(retentions).map(([word, kept]) => `| \`${word}\` | ${kept} |`)
  return [
    '# Tables',
    'A test writes this file from the entities and their `@Keep` tags: `SEALCARD_WRITE_DOCS=1` writes it anew.',
    'The first sentence at the entity is the purpose. Of each column the tag has the purpose and the retention.',
    [
      '| table | owner | purpose | kept | personal | sealed |',
      '|---|---|---|---|---|---|',
      ...lines,
    ].join('\n'),
    '## How long',
    ['| word | kept |', '|---|---|', ...words].join('\n'),
    '',
  ].join('\n\n')
}

describe('docs/generated/tables.md', () => {
  it('names every table with its owner, its purpose and how long it keeps what', async () => {
    const text = await write()
    expect([...declared().keys()].sort()).toEqual(
      [...text.matchAll(/^\| `(\w+)` \| `[a-z/-]+` \| [^|]+ \|/gm)].map(([, name]) => name).sort(),
    )
    if (process.env['SEALCARD_WRITE_DOCS'] === '1') writeFileSync(FILE, text)
    else expect(unformatted(readFileSync(FILE, 'utf8'))).toBe(unformatted(text))
  })
})

/** However a formatter sets tables. */
const unformatted = (text: string) => text.replace(/\s+|-{2,}/g, '')
