import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Linter } from 'eslint'
import { weappDir } from '../support/stack.js'

/** What the parser of ECMAScript 2019 says of a script; null: it reads it. */
const complaint = (script: string): string | null => {
  const messages = new Linter().verify(script, [
    {
      languageOptions: { ecmaVersion: 2019, sourceType: 'script' },
      linterOptions: { reportUnusedDisableDirectives: 'off', noInlineConfig: true },
    },
  ])
  return messages.find(({ fatal }) => fatal)?.message ?? null
}

const scripts = readdirSync(weappDir, { recursive: true })
  .map(String)
  .filter((name) => /\.(js|wxs)$/.test(name))

describe('the scripts of the compiled package', () => {
  it('are all of them there', () => {
    const pages = ['index', 'write', 'card', 'open'].map((page) => `pages/${page}/index.js`)
    const expected = ['app.js', 'common.js', 'taro.js', 'vendors.js', ...pages]
    expect(scripts.map((name) => name.split(path.sep).join('/'))).toEqual(
      expect.arrayContaining(expected),
    )
  })

  // `es6: false` in project.config.json: the upload takes them as they are, and so does every phone.
  it.each(scripts)('%s has no syntax later than ES2019', (name) => {
    expect(complaint(readFileSync(path.join(weappDir, name), 'utf8'))).toBeNull()
  })

  it.each(['a?.b', 'a ?? b', 'a ??= b', 'class A { b = 1 }', '1_000', 'import.meta.url'])(
    'would be refused with %s',
    (later) => {
      expect(complaint(later)).not.toBeNull()
    },
  )
})
