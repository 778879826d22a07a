/**
 * Who may open what, said once more and as short as it can be: the reference that the service is compared with. It knows
 * the rules of the platforms and of Sealcard, and nothing of how either is made.
 */
export type Who = 'lin' | 'chen' | 'zhou'
export const PEOPLE: readonly Who[] = ['lin', 'chen', 'zhou']

const MINUTE = 60_000
const DAY = 86_400_000

export interface Share {
  readonly shareId: string
  readonly cardId: string
  readonly owner: Who
  readonly sharedAt: number
  readonly expiresAt: number
  readonly maxViewers: number
  revoked: boolean
  readonly viewers: Set<Who>
  opens: number
  refused: number
}

/** A card in a chat; a copy is one that was forwarded. */
export interface Message {
  readonly id: string
  readonly share: Share
  readonly by: Who
  readonly place: string
  readonly copy: boolean
}

/** What the platform handed out, to whom, under which of its keys. */
export interface Proof {
  readonly data: { encryptedData: string; iv: string }
  readonly share: Share
  readonly who: Who
  readonly key: string
  use?: { who: Who; at: number; granted: boolean }
}

export class Model {
  readonly group = new Set<Who>(['lin', 'chen'])
  readonly #keys = new Map<Who, { current: string; at: number; previous: string; until: number }>()

  constructor(
    readonly client: 'wechat' | 'wecom',
    readonly now: () => number,
  ) {}

  isIn(who: Who, place: string): boolean {
    return place === 'group' ? this.group.has(who) : place.split('-').includes(who)
  }

  /** Whom the platform vouches for: who is in the chat now, but for copies and the own card in a 1-to-1 chat. */
  vouches(who: Who, message: Message): boolean {
    const late = this.client === 'wechat' && this.now() > message.share.sharedAt + 120 * DAY
    const own = message.by === who && message.place !== 'group'
    return this.isIn(who, message.place) && !message.copy && !own && !late
  }

  /** The BFF's session of this person is over, or there was none. */
  needsLogin(who: Who): boolean {
    const keys = this.#keys.get(who)
    return !keys || this.now() >= keys.at + 3 * DAY
  }

  loggedIn(who: Who, key: string): void {
    const known = this.#keys.get(who)
    const at = this.now()
    if (!known || known.current === key) {
      this.#keys.set(who, { previous: '', until: 0, ...known, current: key, at })
    } else {
      const until = at + 5 * MINUTE
      this.#keys.set(who, { current: key, at, previous: known.current, until })
    }
  }

  /** What the service must answer, and what it must remember of it. */
  send(who: Who, proof: Proof, at: Share): string {
    // Their own card: nothing is counted, used or refused, whatever the proof holds (the contract, "Members, more").
    if (who === at.owner) return 'owner'
    const now = this.now()
    const keys = this.#keys.get(who)
    const opens = proof.key === keys?.current || (proof.key === keys?.previous && now < keys.until)
    const use = proof.use
    const mayResend = use?.who === who && now - use.at <= MINUTE
    const meant = proof.share === at && (this.client === 'wechat' || proof.who === who)
    if (!opens || !meant || (use && !mayResend)) return this.#refuse(at, 'ERR_PROOF_REJECTED')
    const verdict = this.#judge(who, at, use)
    proof.use ??= { who, at: now, granted: verdict === 'granted' }
    // A proof that is sent again within its minute counts once.
    if (verdict !== 'granted') return use ? verdict : this.#refuse(at, verdict)
    if (!use) at.opens += 1
    at.viewers.add(who)
    return verdict
  }

  #judge(who: Who, share: Share, use: Proof['use']): string {
    if (this.now() >= share.sharedAt + 120 * DAY) return 'ERR_VERIFY_WINDOW_CLOSED'
    if (share.revoked) return 'ERR_CARD_REVOKED'
    if (this.now() >= share.expiresAt) return 'ERR_CARD_EXPIRED'
    if (use) return use.granted ? 'granted' : 'ERR_VIEW_LIMIT'
    const full = !share.viewers.has(who) && share.viewers.size >= share.maxViewers
    return full ? 'ERR_VIEW_LIMIT' : 'granted'
  }

  #refuse(share: Share, code: string): string {
    share.refused += 1
    return code
  }
}
