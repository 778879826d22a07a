import { formatTime } from '../../src/words/format-time.js'

describe('formatTime', () => {
  it('writes the local time', () => {
    const local = new Date(2026, 0, 5, 8, 3)
    expect(formatTime(local.toISOString())).toBe('2026-01-05 08:03')
  })

  it('writes nothing for what is no time', () => {
    expect(formatTime('soon')).toBe('')
  })
})
