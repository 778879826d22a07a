import type { Fact } from '../../src/audit/audit.entities.js'
import type { Vault } from '../../src/core/crypto/vault.js'
import { DAY } from '../../src/core/time.js'
import { WITHIN_A_DAY } from '../../src/database/data-policy.js'
import { type Attempt, cardStory, type CardStory } from './card-story.js'
import type { Chains } from './chains.js'
import type { SeededStream } from './seeded-stream.js'
import type { Pairs } from './pairs.js'
import type { People } from './people.js'
import { madeAt, openingsOfCards, type Shape } from './shape.js'
import { type Sink, TABLES, type Value } from './tables.js'
import { bodyOf, noteOf, titleOf } from './texts.js'

const SHARE_MS = 7 * DAY
const VERIFY_MS = 120 * DAY
/** Retention: a share goes 30 days after its verify window. */
const SHARE_GONE_MS = VERIFY_MS + 30 * DAY
/** Retention: a request goes. */
const REQUEST_MS = 30 * DAY

interface Event {
  readonly at: number
  happen(): void
}

/** Everything that happened, day by day in the order of time, as the service would have written it. */
export class History {
  readonly #days = new Map<number, Event[]>()

  constructor(
    private readonly shape: Shape,
    private readonly parts: {
      sink: Sink
      vault: Vault
      chains: Chains
      people: People
      pairs: Pairs
      random: SeededStream
    },
  ) {}

  /** @param progress gets how many cards are made, after each day */
  async write(progress: (cards: number) => void): Promise<void> {
    const { shape } = this
    const { random, chains, sink } = this.parts
    const openings = openingsOfCards(shape, random)
    let card = 0
    let next = madeAt(shape, 0, random)
    const first = Math.floor((shape.now - shape.days * DAY) / DAY)
    const last = Math.floor(shape.now / DAY)
    for (let day = first; day <= last; day++) {
      for (; card < shape.cards && next < (day + 1) * DAY; next = madeAt(shape, card, random)) {
        this.#card(next, openings[card++] ?? 0)
      }
      this.#play(day)
      await sink.settle()
      // A new version every fortnight.
      if ((day - first) % 14 === 13 || day === last) chains.end()
      progress(card)
    }
    await sink.settle()
  }

  #play(day: number): void {
    const events = this.#days.get(day) ?? []
    this.#days.delete(day)
    events.sort((a, b) => a.at - b.at)
    for (const event of events) event.happen()
  }

  #at(at: number, happen: () => void): void {
    const day = Math.floor(at / DAY)
    const events = this.#days.get(day)
    if (events) events.push({ at, happen })
    else this.#days.set(day, [{ at, happen }])
  }

  #card(createdAt: number, openings: number): void {
    const { random, people, sink, chains } = this.parts
    const owner = people.anybody()
    const story = cardStory(random, { createdAt, now: this.shape.now }, openings, () =>
      people.fellowOf(owner),
    )
    const [id, shareId] = [random.id(), random.id()]
    const [ownerId, app] = [people.idOf(owner), people.appOf(owner)]
    sink.add(TABLES.cards, this.#cardRow(id, ownerId, app.id, createdAt, story))
    for (const [viewer, { opens, firstAt, lastAt, acknowledgedAt }] of story.visitors) {
      const row = [id, people.idOf(viewer), opens, firstAt, lastAt, acknowledgedAt]
      sink.add(TABLES.cardViewers, row)
    }
    this.#share(shareId, id, ownerId, app, createdAt)
    this.#subscribe(id, ownerId, app, createdAt)
    const done = { actor: ownerId, subject: id, decision: 'done' }
    this.#at(createdAt, () => {
      this.#session(owner, createdAt)
      chains.add({ kind: 'card.create', ...done }, createdAt)
      chains.add({ kind: 'share.create', ...done, subject: shareId }, createdAt)
    })
    const { revokedAt } = story
    if (revokedAt !== null) {
      const fact: Fact = random.chance(0.05)
        ? { kind: 'card.revoke', ...done, actor: 'admin', reason: 'asked for' }
        : { kind: 'card.revoke', ...done }
      this.#at(revokedAt, () => chains.add(fact, revokedAt))
    }
    for (const attempt of story.attempts) {
      this.#at(attempt.at, () => this.#open(attempt, id, shareId, createdAt))
    }
    const late = story.attempts.find(({ outcome }) => outcome !== 'granted')
    if (late && random.chance(0.3)) this.#at(late.at, () => this.#ask(late, id, shareId))
  }

  #cardRow(id: string, owner: string, app: string, createdAt: number, story: CardStory): Value[] {
    const { random, vault } = this.parts
    const { expiresAt, revokedAt, visitors, attempts, refused } = story
    const over = Math.min(revokedAt ?? Infinity, expiresAt ?? Infinity)
    const erased = over + WITHIN_A_DAY <= this.shape.now
    const seal = (purpose: string, text: string) =>
      erased ? null : vault.seal({ table: 'cards', row: id, purpose }, text)
    const policy = {
      ...(expiresAt !== null && { expiresAt: new Date(expiresAt).toISOString() }),
      ...(random.chance(0.1) && { maxOpensPerViewer: 1000 }),
      ...(random.chance(0.2) && { watermark: true }),
    }
    const title = titleOf(random)
    const pairs = erased ? [] : this.parts.pairs.ofTitle(app, title)
    for (const pair of pairs) this.parts.sink.add(TABLES.cardPairs, [pair, createdAt, id])
    const opened = attempts.filter(({ outcome }) => outcome === 'granted')
    return [
      id,
      owner,
      app,
      seal('title', title),
      seal('body', bodyOf(random)),
      JSON.stringify(policy),
      createdAt,
      expiresAt,
      revokedAt,
      visitors.size,
      opened.length,
      refused,
      opened[0]?.at ?? null,
      opened.at(-1)?.at ?? null,
    ]
  }

  #share(id: string, card: string, sharer: string, app: Shape['apps'][number], at: number): void {
    const { now } = this.shape
    const { random, sink, vault } = this.parts
    if (at + SHARE_GONE_MS <= now) return
    const ref = { table: 'shares', row: id, purpose: 'value' }
    const sealed = at + SHARE_MS > now ? vault.seal(ref, random.digest()) : null
    const ends = [at, at + SHARE_MS, at + VERIFY_MS]
    const { id: appId, platform } = app
    sink.add(TABLES.shares, [id, card, sharer, appId, platform, random.digest(), sealed, ...ends])
  }

  /** Who did not get in asks for access. What is older than retention allows is gone. */
  #ask({ at, viewer }: Attempt, card: string, share: string): void {
    const { random, sink, people, chains, vault } = this.parts
    const id = random.id()
    const ref = { table: 'access_requests', row: id, purpose: 'note' }
    const note = vault.seal(ref, noteOf(random))
    const dismissed = random.chance(0.2) ? Math.min(at + DAY, this.shape.now) : null
    const person = people.idOf(viewer)
    if (at + REQUEST_MS > this.shape.now)
      sink.add(TABLES.requests, [id, share, card, person, note, at, dismissed])
    chains.add({ kind: 'access.request', actor: person, subject: share, decision: 'done' }, at)
  }

  /** A WeChat sender accepts a message about the first opening. Some are sent by now. */
  #subscribe(card: string, owner: string, { platform }: Shape['apps'][number], at: number): void {
    const { random, sink } = this.parts
    if (platform !== 'wechat' || !random.chance(0.3)) return
    const sent = random.chance(0.5) ? Math.min(at + DAY, this.shape.now) : null
    const row = [card, 'opened', owner, 'zh', sent === null ? 1 : 0, at, null, 0, sent, sent ?? at]
    sink.add(TABLES.subscriptions, row)
  }

  #open(attempt: Attempt, card: string, share: string, sharedAt: number): void {
    const { random, sink, people, chains } = this.parts
    const { at, viewer, outcome, reason } = attempt
    const id = random.id()
    const person = people.idOf(viewer)
    const session = this.#session(viewer, at)
    sink.add(TABLES.openings, [id, share, card, person, session, outcome, reason, at])
    const expires = sharedAt + VERIFY_MS
    if (outcome !== 'rejected' && expires > this.shape.now)
      sink.add(TABLES.proofs, [random.digest(), id, at, expires])
    const decision = outcome === 'granted' ? 'granted' : 'refused'
    const fact = { kind: 'opening', actor: person, subject: share, decision }
    chains.add(reason === null ? fact : { ...fact, reason }, at)
  }

  /** The session that a person acts under; logging in is an event of its own. */
  #session(person: number, at: number): string {
    const { people, sink, vault, chains } = this.parts
    const { id, fresh } = people.sessionOf(person, at)
    if (fresh) {
      const fact = { kind: 'session.open', actor: people.idOf(person), subject: id }
      chains.add({ ...fact, decision: 'done' }, at)
      people.login(sink, vault, person, id, at)
    }
    return id
  }
}
