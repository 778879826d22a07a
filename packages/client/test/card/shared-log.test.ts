import type { KeyValue } from '@sealcard/kit'
import { sharedLog } from '../../src/card/shared-log.js'

const NOW = Date.parse('2026-01-31T08:05:00Z')
const DAY = 24 * 60 * 60 * 1000

const setUp = () => {
  const map = new Map<string, string>()
  const storage: KeyValue = {
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
  }
  const clock = { now: NOW }
  return { map, storage, clock, log: sharedLog(storage, () => clock.now) }
}

describe('what was shared from this phone', () => {
  it('is known with its time and its label, over a restart', () => {
    const { log, storage, clock } = setUp()
    expect(log.last('c')).toBeNull()
    log.note('c', undefined)
    clock.now += 1000
    log.note('c', '财务群')
    const again = sharedLog(storage, () => clock.now)
    expect(again.last('c')).toEqual({ at: new Date(NOW + 1000).toISOString(), label: '财务群' })
    expect(again.last('d')).toBeNull()
    expect([...again.cards()]).toEqual(['c'])
  })

  it('does not stay for ever, nor grow without end, nor outlive its card', () => {
    const { log, map, clock } = setUp()
    for (let i = 0; i < 200; i++) log.note(`c${i}`, 'x'.repeat(32))
    expect(log.last('c199')).not.toBeNull()
    expect(log.last('c0')).toBeNull()
    expect([...map.values()].join('').length).toBeLessThan(10_000)
    log.forget('c199')
    expect(log.last('c199')).toBeNull()
    clock.now += 8 * DAY
    expect(log.last('c198')).toBeNull()
  })

  it.each(['', '{', '{}', '[null,1,[]]', '[["c",{"at":5}]]', '[["c",{"at":"2026","label":5}]]'])(
    'is empty where the storage holds %j',
    (stored) => {
      const { log, map } = setUp()
      map.set('sealcard.shared', stored)
      expect(log.last('c')).toBeNull()
      log.note('c', undefined)
      expect(log.last('c')).not.toBeNull()
    },
  )
})
