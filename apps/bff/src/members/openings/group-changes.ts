import type { Fact } from '../../audit/audit.entities.js'
import { viewKey } from './group-state.js'
import type { OpeningEntity, ProofEntity } from './opening.entity.js'

interface CardCounts {
  opens: number
  viewers: number
  refused: number
  openedAt: number | null
}

interface View {
  readonly cardId: string
  readonly viewerId: string
  /** Of the first opening among these. */
  readonly shareId: string
  opens: number
}

/** What a group changes, gathered while its members are judged one after another. */
export class GroupChanges {
  readonly openings: OpeningEntity[] = []
  readonly proofs: ProofEntity[] = []
  readonly facts: Fact[] = []
  readonly endedSessions: string[] = []
  readonly cards = new Map<string, CardCounts>()
  readonly views = new Map<string, View>()

  /** @param first whether the person opens the card for the first time */
  opened({ cardId, viewerId, shareId }: Omit<View, 'opens'>, first: boolean, at: number): void {
    const counts = this.#countsOf(cardId)
    counts.opens += 1
    counts.openedAt = at
    if (first) counts.viewers += 1
    const key = viewKey(cardId, viewerId)
    const view = this.views.get(key) ?? { cardId, viewerId, shareId, opens: 0 }
    view.opens += 1
    this.views.set(key, view)
  }

  /** Also of a card that is not there: every refusal writes the same. */
  refused(cardId: string): void {
    this.#countsOf(cardId).refused += 1
  }

  #countsOf(cardId: string): CardCounts {
    const counts = this.cards.get(cardId) ?? { opens: 0, viewers: 0, refused: 0, openedAt: null }
    this.cards.set(cardId, counts)
    return counts
  }
}
