import { eventually } from '@sealcard/testing'
import type { Member } from '../support/member.js'

/** What one writer did, and which of it the service acknowledged. */
export interface Entry {
  title: string
  body: string
  cardId?: string
  shareId?: string
  proof?: { encryptedData: string; iv: string }
  openingId?: string
  revoked?: boolean
}

/** The operations of a run, and what the service must still know of them. */
export class Ledger {
  readonly #entries: Entry[] = []
  /** Cards whose share was not acknowledged: the dead process may hold their turn for up to 20 s. */
  readonly #unshared: string[] = []

  begin(name: string): Entry {
    const entry = { title: `card ${name}`, body: `the secret of ${name}` }
    this.#entries.push(entry)
    return entry
  }

  /** What the service acknowledged before it was killed or after, of each kind. */
  get kinds() {
    const count = (kind: 'cardId' | 'shareId' | 'openingId' | 'revoked') =>
      this.#entries.filter((entry) => entry[kind]).length
    return {
      cards: count('cardId'),
      shares: count('shareId'),
      openings: count('openingId'),
      revocations: count('revoked'),
    }
  }

  get acknowledged(): number {
    return Object.values(this.kinds).reduce((sum, one) => sum + one)
  }

  /** Everything acknowledged is there; what was not, and is asked for again, happens once. */
  async check(entry: Entry, owner: Member, reader: Member): Promise<void> {
    const again = await owner.createCard(entry.title, entry.body)
    expect(again.status).toBe(201)
    if (entry.cardId) expect(again.body.id).toBe(entry.cardId)
    entry.cardId = again.body.id as string
    const card = await owner.call('GET', `/v1/cards/${entry.cardId}`)
    expect(card.body).toMatchObject({ title: entry.title, body: entry.body })
    if (entry.revoked) {
      expect(card.body.status).toBe('revoked')
      return
    }
    // An unacknowledged revocation may have happened: then nothing can be shared any more.
    if (card.body.status === 'revoked') return
    if (!entry.shareId) {
      this.#unshared.push(entry.cardId)
      return
    }
    const share = await owner.share(entry.cardId)
    expect([share.status, share.body.id]).toEqual([201, entry.shareId])
    if (entry.proof) await this.#checkOpening(entry, owner, reader)
  }

  async #checkOpening(entry: Entry, owner: Member, reader: Member): Promise<void> {
    // Sent again within its minute, a proof gives the opening that it gave.
    const again = await reader.open(String(entry.shareId), entry.proof)
    expect(again.status).toBe(201)
    if (entry.openingId) expect(again.body.id).toBe(entry.openingId)
    entry.openingId = again.body.id as string
    const seen = await owner.call('GET', `/v1/cards/${entry.cardId}/openings`)
    expect(seen.body.items).toMatchObject([{ count: 1 }])
  }

  /** The list of the owner's cards is exactly what was written, each once, and every one can be shared. */
  async checkWhole(owner: Member): Promise<void> {
    for (const cardId of this.#unshared) {
      await eventually(async () => (await owner.share(cardId)).status === 201, {
        withinMs: 60_000,
      })
    }
    const titles: string[] = []
    let cursor: string | null = null
    do {
      const after = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
      const page = await owner.call('GET', `/v1/cards?box=sent&limit=50${after}`)
      expect(page.status).toBe(200)
      titles.push(...page.body.items.map(({ title }: { title: string }) => title))
      cursor = page.body.nextCursor
    } while (cursor)
    expect(titles.sort()).toEqual(this.#entries.map(({ title }) => title).sort())
  }
}
