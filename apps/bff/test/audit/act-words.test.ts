import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ACTS, type InBothLanguages, OPENING_REASONS } from '@sealcard/protocol'
import type { Reason } from '../../src/members/cards/decide.js'

const SOURCE = path.resolve(__dirname, '../../src')

/** Does not compile while a reason of the decision has no words. */
const reasons: Record<Reason, InBothLanguages> = OPENING_REASONS

/** Every act that the source writes down: `kind: 'card.revoke'`, and the names that are put together. */
const recorded = (): string[] => {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  const kinds = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(SOURCE, file), 'utf8'))
    .filter((text) => /audit/i.test(text))
    .flatMap((text) =>
      [...text.matchAll(/\b(?:kind|audited): '([a-z][a-zA-Z\d]*\.[a-zA-Z_]+)'/g)].map(([, k]) => k),
    )
  return [...new Set(kinds.filter((kind) => kind !== undefined))]
}

describe('words for what the audit and the openings hold', () => {
  test('every act that the source records has words in both languages', () => {
    const found = recorded()
    expect(found).toContain('card.revoke')
    expect(found.length).toBeGreaterThan(20)
    expect(found.filter((kind) => !Object.hasOwn(ACTS, kind))).toEqual([])
  })

  test.each(Object.entries({ ...ACTS, ...OPENING_REASONS, ...reasons }))(
    '%s reads well in both',
    (_, { zh, en }) => {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).toMatch(/^[A-Z]/)
      expect(en).not.toMatch(/\p{Script=Han}/u)
    },
  )
})
