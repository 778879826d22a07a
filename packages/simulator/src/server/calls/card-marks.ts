import type { CardRecord } from '../../world/records.js'
import type { KeptCall } from './call-types.js'

/** What names a card in a call: ids of the platform, and what its page got as `?s=…`. Shorter words mean nothing. */
const WORD = /[\w-]{12,}/g
const CARD_ID = /^card-\d+$/

interface Family {
  label: string
  title: string
}

const letterOf = (n: number): string =>
  (n >= 26 ? letterOf(Math.floor(n / 26) - 1) : '') + String.fromCharCode(65 + (n % 26))

const wordsIn = (value: unknown): string[] => JSON.stringify(value ?? '').match(WORD) ?? []

/** The strings in a value; an id of a chat's card is one only as a whole. */
const idsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return CARD_ID.test(value) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(idsIn)
}

/**
 * Which calls were about which card. A card and what was forwarded of it are one family. Its names are learned from the
 * chat's card, and from the calls that hold one of them: a request's path, and the ticket that an opening gave.
 */
export class CardMarks {
  readonly cards: Family[] = []
  readonly #families = new Map<string, Family>()

  constructor(cards: readonly CardRecord[], calls: readonly KeptCall[]) {
    for (const card of cards) this.#learnCard(card)
    for (const call of calls) this.#learnCall(call)
  }

  /** The letter of the card's family; null: of none. */
  of(call: KeptCall): string | null {
    return this.#familyOf(call)?.label ?? null
  }

  #learnCard(card: CardRecord): void {
    const names = [card.activityId, card.state, ...wordsIn(card.path.split('?')[1] ?? '')]
    const known = [card.forwardedFrom, ...names].flatMap((name) =>
      name === null ? [] : (this.#families.get(name) ?? []),
    )[0]
    const family = known ?? { label: letterOf(this.cards.length), title: card.title }
    if (!known) this.cards.push(family)
    for (const name of [card.id, ...names]) if (name) this.#families.set(name, family)
  }

  #learnCall(call: KeptCall): void {
    const family = this.#familyOf(call)
    if (!family) return
    if (call.layer === 'person') this.#learn(family, (call.answer as Answer | null)?.shareTicket)
    if (call.layer !== 'request') return
    const { path = '' } = call.args as { path?: string }
    for (const word of path.match(WORD) ?? []) this.#learn(family, word)
  }

  #learn(family: Family, name: unknown): void {
    if (typeof name === 'string' && !this.#families.has(name)) this.#families.set(name, family)
  }

  #familyOf(call: KeptCall): Family | undefined {
    const told = [call.args, call.answer, call.clear]
    for (const name of [...idsIn(told), ...wordsIn(told)]) {
      const family = this.#families.get(name)
      if (family) return family
    }
    return undefined
  }
}

interface Answer {
  shareTicket?: unknown
}
