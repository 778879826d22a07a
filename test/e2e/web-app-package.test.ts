import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { Linter } from 'eslint'

const DIST = path.resolve(__dirname, '../../apps/web/dist')
const BUDGET = 120 * 1024

const files = readdirSync(DIST, { recursive: true })
  .map(String)
  .filter((name) => /\.(html|js|css)$/.test(name))
const read = (name: string) => readFileSync(path.join(DIST, name), 'utf8')
const page = read('index.html')

/** What the parser of ECMAScript 2017, with modules and `import()`, says of a script; null: it reads it. */
const complaint = (script: string): string | null => {
  const messages = new Linter().verify(script, [
    {
      languageOptions: { ecmaVersion: 2020, sourceType: 'module' },
      linterOptions: { reportUnusedDisableDirectives: 'off', noInlineConfig: true },
      rules: {
        'no-restricted-syntax': [
          'error',
          // What came after 2017, but for the `import()` that every client with modules knows.
          ...['ChainExpression', 'LogicalExpression[operator="??"]', 'ForOfStatement[await=true]'],
          ...['ObjectExpression > SpreadElement', 'ObjectPattern > RestElement'],
          ...['CatchClause:not([param])', 'Literal[bigint]'],
        ],
      },
    },
  ])
  const found = messages.find(({ fatal, ruleId }) => fatal ?? ruleId === 'no-restricted-syntax')
  return found?.message ?? null
}

describe('the built web page', () => {
  it('is at most 120 KB, compressed, with all that any view loads', () => {
    // As the service compresses it: once, as well as it can.
    const sizes = files.map(
      (name) => gzipSync(readFileSync(path.join(DIST, name)), { level: 9 }).length,
    )
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(BUDGET)
  })

  it('asks for one script and one style sheet, by names that change with what they hold', () => {
    const asked = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address)
    expect(asked).toEqual([
      'data:,',
      '/h5/old-client.js',
      expect.stringMatching(/^\/h5\/assets\/[\w-]+-[\w-]{8}\.js$/),
      expect.stringMatching(/^\/h5\/assets\/[\w-]+-[\w-]{8}\.css$/),
    ])
  })

  it('needs no exception of a strict policy: nothing stands in the document', () => {
    expect(page).not.toMatch(/<style|style=|\son\w+=/)
    for (const [, inside] of page.matchAll(/<script[^>]*>([^<]*)</g)) expect(inside).toBe('')
    // The service writes the app's id before it.
    expect(page.match(/<\/head>/g)).toHaveLength(1)
  })

  it('names no other origin that a browser would ask', () => {
    const addresses = files.flatMap(
      (name) => read(name).match(/(?:url\(|(?:src|href)=)["']?https?:[^"')]+/g) ?? [],
    )
    expect(addresses).toEqual([])
  })

  it.each(files.filter((name) => name.endsWith('.js')))(
    '%s has no syntax later than ES2017',
    (name) => {
      expect(complaint(read(name))).toBeNull()
    },
  )

  it('tells a client without modules what to do, in syntax that it knows', () => {
    const script = page.match(/<script[^>]*old-client\.js[^>]*>/)?.[0]
    expect(script).toMatch(/\snomodule\b/)
    const found = new Linter().verify(read('old-client.js'), [
      { languageOptions: { ecmaVersion: 5, sourceType: 'script' } },
    ])
    expect(found).toEqual([])
  })

  it.each(['a?.b', 'a ?? b', 'x = { ...a }', 'class A { b = 1 }', 'await a', 'try {} catch {}'])(
    'would be refused with %s',
    (later) => {
      expect(complaint(later)).not.toBeNull()
    },
  )
})
