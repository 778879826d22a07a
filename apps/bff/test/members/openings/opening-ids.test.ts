import { SeededRandom } from '@sealcard/testing'
import { OpeningIds } from '../../../src/members/openings/opening-ids.js'
import { times } from '../../kit/opening-databases.js'

const NOW = 1_780_000_000_000
const ids = (random: SeededRandom) => new OpeningIds(random)

describe('ids of openings', () => {
  it('lie beside each other when they are of one moment, among all other ids', () => {
    const made = ids(new SeededRandom('beside'))
    const others = times(10_000, (n) => made.at(NOW + n)())
    const group = times(128, made.at(NOW - 1))
    const order = [...others, ...group].sort()
    const places = group.map((id) => order.indexOf(id)).sort((a, b) => a - b)
    expect((places.at(-1) ?? 0) - (places[0] ?? 0)).toBe(127)
  })

  it('are ids like all others, each another, with 96 random bits', () => {
    const made = ids(new SeededRandom('many'))
    const group = times(10_000, made.at(NOW))
    expect(group.every((id) => /^[0-7][0-9A-Za-z]{21}$/.test(id))).toBe(true)
    expect(new Set(group).size).toBe(10_000)
    // Four of 22 digits hold fewer than the 32 bits that are shared.
    expect(new Set(group.map((id) => id.slice(0, 4))).size).toBe(1)
    expect(new Set(group.map((id) => id.slice(6))).size).toBe(10_000)
  })

  it('tell nobody the time: they do not follow it, and each process has them otherwise', () => {
    const [one, other] = [ids(new SeededRandom('one')), ids(new SeededRandom('other'))]
    const moments = times(200, (n) => one.at(NOW + n)())
    const later = moments.filter((id, n) => n > 0 && id > (moments[n - 1] ?? '')).length
    expect(later).toBeGreaterThan(60)
    expect(later).toBeLessThan(140)
    expect(one.at(NOW)().slice(0, 4)).not.toBe(other.at(NOW)().slice(0, 4))
  })
})
