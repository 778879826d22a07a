import {
  CHINA_OFFSET,
  DAY,
  dayName,
  dayNumber,
  dayOf,
  daysBetween,
  HOUR,
  MINUTE,
  nextDay,
  SECOND,
  wireTimeOrNull,
} from '../../src/core/time.js'

const NEW_YEAR = Date.parse(`2026-01-01T00:00:00${CHINA_OFFSET}`)

describe('core/time', () => {
  it('measures in milliseconds', () => {
    expect([SECOND, MINUTE, HOUR, DAY]).toEqual([1000, 60_000, 3_600_000, 86_400_000])
  })

  it('begins a day at midnight in China', () => {
    expect(dayOf(NEW_YEAR)).toBe(NEW_YEAR)
    expect(dayOf(NEW_YEAR + DAY - 1)).toBe(NEW_YEAR)
    expect(dayOf(NEW_YEAR - 1)).toBe(NEW_YEAR - DAY)
    expect(dayNumber(NEW_YEAR)).toBe(dayNumber(NEW_YEAR - 1) + 1)
    expect(nextDay(NEW_YEAR)).toBe(NEW_YEAR + DAY)
  })

  it('names a day as a calendar in China shows them', () => {
    expect(dayName(NEW_YEAR)).toBe('2026-01-01')
  })

  it('lists every day that a range touches', () => {
    expect(daysBetween(NEW_YEAR - 1, NEW_YEAR).map(dayName)).toEqual(['2025-12-31', '2026-01-01'])
  })

  it('writes no time as null', () => {
    expect(wireTimeOrNull(null)).toBeNull()
    expect(wireTimeOrNull(0)).toBe('1970-01-01T00:00:00.000Z')
  })
})
