import { OnceAMinute } from '../../../src/http/limits/once-a-minute.js'

/** A transaction that commits when it is told to. */
const begin = () => {
  const notes: (() => void)[] = []
  return {
    afterCommit: (note: () => void) => void notes.push(note),
    commit: () => notes.forEach((note) => note()),
  }
}

describe('once a minute', () => {
  test('one of a kind is let through, another kind at any time', () => {
    const once = new OnceAMinute()
    const allows = (kind: string, now: number) => {
      const transaction = begin()
      const allowed = once.allows(kind, now, transaction)
      transaction.commit()
      return allowed
    }
    expect(allows('a', 0)).toBe(true)
    expect(allows('a', 59_999)).toBe(false)
    expect(allows('b', 59_999)).toBe(true)
    expect(allows('a', 60_000)).toBe(true)
    expect(allows('a', 119_999)).toBe(false)
  })

  test('what a transaction that rolled back recorded does not count', () => {
    const once = new OnceAMinute()
    expect(once.allows('a', 0, begin())).toBe(true)
    const again = begin()
    expect(once.allows('a', 1, again)).toBe(true)
    again.commit()
    expect(once.allows('a', 2, begin())).toBe(false)
  })

  test('one of a kind is let through in one transaction', () => {
    const once = new OnceAMinute()
    const transaction = begin()
    expect(once.allows('a', 0, transaction)).toBe(true)
    expect(once.allows('a', 0, transaction)).toBe(false)
    expect(once.allows('b', 0, transaction)).toBe(true)
  })
})
