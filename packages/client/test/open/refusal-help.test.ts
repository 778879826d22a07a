import type { RefusalKind } from '@sealcard/kit'
import { helpFor } from '../../src/open/refusal-help.js'
import { dictionary } from '../../src/words/dictionary.js'

const kinds: RefusalKind[] = [
  'not-recipient',
  'no-ticket',
  'revoked',
  'expired',
  'window-closed',
  'view-limit',
  'rate-limited',
  'unreachable',
  'unsupported',
  'setup',
]

describe('help with a refusal', () => {
  it.each(kinds)('%s has a title, a reason and steps in the dictionary', (kind) => {
    const { steps } = helpFor(kind)
    for (const phrase of [`refusal.${kind}`, `refusal.${kind}-why`, ...steps]) {
      expect(dictionary).toHaveProperty([phrase])
    }
  })

  it('offers another try exactly where that can change something', () => {
    expect(kinds.filter((kind) => helpFor(kind).retry)).toEqual([
      'not-recipient',
      'rate-limited',
      'unreachable',
      'setup',
    ])
  })

  it('does not tell a stranger whether there is a card', () => {
    const said = [
      dictionary['refusal.not-recipient'],
      dictionary['refusal.not-recipient-why'],
      ...helpFor('not-recipient').steps.map((step) => dictionary[step]),
    ]
    for (const { zh, en } of said) {
      expect(zh).not.toMatch(/撤回|过期|不存在/)
      expect(en).not.toMatch(/revoked|expired|exist/i)
    }
  })
})
