import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const src = path.join(import.meta.dirname, '../../src')
const sheets = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.css'))
  .map((name) => ({
    name,
    text: readFileSync(path.join(src, name), 'utf8').replace(/\/\*.*?\*\//gs, ''),
  }))

const rules = sheets.flatMap(({ text }) =>
  [...text.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors = '', body = '']) =>
    selectors.split(',').map((selector) => ({ selector: selector.trim(), body })),
  ),
)
const rulesOf = (selector: string) =>
  rules
    .filter((rule) => rule.selector === selector)
    .map(({ body }) => body)
    .join('\n')

/** Drawings of a fixed size. */
const DRAWN = ['.watermark__text', '.toggle__knob', '.notice__icon']

describe('the styles', () => {
  it('follow the text size that the person chose: no text has a size in pixels', () => {
    const fixed = rules.filter(({ body }) => /font(-size)?:[^;]*\dr?px/.test(body))
    expect(fixed.map(({ selector }) => selector).sort()).toEqual([...DRAWN].sort())
  })

  // The pages are left to right. Mini-programs know no `dir` attribute.
  it.each([
    '.content__title',
    '.content__body',
    '.opened__title',
    '.opened__body',
    '.ask__title',
    '.card-line__title',
    '.request__note',
    '.settings__data',
    '.field__input',
    '.field__textarea',
    '.filter__input',
    '.share-panel__input',
    '.name-ask__input',
    '.ask-access__input',
    '.settings__field',
  ])('give what people write in %s its own direction', (selector) => {
    expect(rulesOf(selector)).toContain('unicode-bidi: plaintext;')
    expect(rulesOf(selector)).toContain('text-align: start;')
  })

  it.each(['.opened__body', '.content__body', '.request__note', '.settings__data'])(
    'keep the line breaks that people write in %s',
    (selector) => {
      expect(rulesOf(selector)).toContain('white-space: pre-wrap;')
    },
  )

  // Another runtime broke a text at a typed backslash and n, and not at a line feed.
  it('are all that breaks a line: each line of a sentence that has several is an element', () => {
    const pages = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.tsx'),
    )
    const breaks = pages.flatMap((name) => {
      const text = readFileSync(path.join(src, name), 'utf8')
      return (text.match(/.*\\n.*/g) ?? []).map((line) => `${path.basename(name)}: ${line.trim()}`)
    })
    // Lines are taken apart, and put together only for an element that takes them apart again.
    const others = breaks.filter((line) => !line.includes(".split('\\n')"))
    expect(others).toEqual([expect.stringContaining('card-body.tsx: text={`${link.text}')])
    expect(pages.length).toBeGreaterThan(10)
  })
})
