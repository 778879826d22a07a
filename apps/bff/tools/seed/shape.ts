import { DAY } from '../../src/core/time.js'
import { SeededStream } from './seeded-stream.js'

/** How large a seeded database is, and from when to when it reaches. */
export interface Shape {
  readonly cards: number
  readonly openings: number
  readonly people: number
  /** Days up to now that everything is spread over; less than 180, or retention would begin to erase it. */
  readonly days: number
  /** Milliseconds UTC. */
  readonly now: number
  /** The same seed makes the same database. */
  readonly seed: string
  /** App ids, the largest first. */
  readonly apps: readonly SeedApp[]
}

export interface SeedApp {
  readonly id: string
  readonly platform: 'wechat' | 'wecom'
}

/** Shares of the apps in everything: a large one, two middling ones, a small one. */
const WEIGHTS = [0.6, 0.25, 0.12, 0.03]

/** The app of each person, by number. */
export const appOfPeople = ({ people, apps }: Shape, random: SeededStream): Uint8Array =>
  Uint8Array.from({ length: people }, () => {
    let left = random.fraction() * WEIGHTS.slice(0, apps.length).reduce((a, b) => a + b)
    for (let i = 0; i < apps.length; i++) if ((left -= WEIGHTS[i] ?? 0) < 0) return i
    return 0
  })

/** A few do most: the first of 100,000 does one in a hundred. @returns 0 … n-1 */
export const skewed = (n: number, random: SeededStream): number =>
  Math.floor(n * random.fraction() ** 2.5)

/** How often each card is opened: most hardly ever, a few thousands of times; together exactly `openings`. */
export const openingsOfCards = ({ cards, openings }: Shape, random: SeededStream): Uint32Array => {
  const weights = Float64Array.from({ length: cards }, () =>
    Math.min((1 - random.fraction()) ** (-1 / 1.3), 5000),
  )
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let reached = 0
  let given = 0
  return Uint32Array.from(weights, (weight, i) => {
    reached += weight
    const upTo = i === cards - 1 ? openings : Math.floor((reached * openings) / total)
    const n = upTo - given
    given = upTo
    return n
  })
}

/** Cards are made in even steps. */
export const madeAt = ({ now, days, cards }: Shape, card: number, random: SeededStream): number =>
  Math.floor(now - days * DAY + ((card + random.fraction()) / cards) * days * DAY)
