import fc from 'fast-check'
import type { Principal } from '../../apps/bff/src/http/access/principals.js'
import type { Members } from '../../apps/bff/test/kit/members.js'
import type { TestApp } from '../../apps/bff/test/kit/test-app.js'
import { SeededRandom } from '../../packages/simulator/src/adapters/manual.js'
import type { Client } from '../../packages/simulator/src/contract.js'
import { fakeApps } from '../../packages/simulator/src/fake-apps.js'
import { World } from '../../packages/simulator/src/world/world.js'
import { type Message, Model, PEOPLE, type Proof, type Share, type Who } from './model.js'
import { MINI_PROGRAM, type SimulatedPlatform } from './simulated-platform.js'

const SECOND = 1_000
const DAY = 86_400_000

const who = fc.constantFrom(...PEOPLE)
const nth = fc.nat({ max: 5 })
const place = fc.constantFrom('group', 'group', 'lin-chen', 'lin-zhou', 'chen-zhou')
/** In any order and number; what makes no sense at its moment is passed over. */
export const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leave' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('share' as const),
      who,
      place,
      maxViewers: fc.constantFrom(1, 2, 9),
      expires: fc.constantFrom(null, 40 * SECOND, DAY),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('forward' as const), who, place, nth }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('open' as const), who, nth }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('fetch' as const), who, nth }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), who, nth, at: nth }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('send own' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('revoke' as const), nth }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rotate' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('other device' as const), who }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.constantFrom(
        ...[30 * SECOND, 60 * SECOND, 61 * SECOND, 299 * SECOND, 299 * SECOND, 300 * SECOND],
        ...[DAY, 3 * DAY, 119 * DAY],
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** Who serves the next request: the same process, another one beside it, or one that was just started. */
export interface Service {
  app(): TestApp
  members(): Members
  restart(): Promise<void>
}

/** One sequence, played on the simulated platform and the service at once, each step compared with the model. */
export class Play {
  readonly #world: World
  readonly #model: Model
  readonly #shares: Share[] = []
  readonly #messages: Message[] = []
  readonly #proofs: Proof[] = []
  readonly #tokens = new Map<Who, string>()
  granted = 0
  refused = 0

  /** @param name of this sequence: each person in it is new to the service */
  constructor(
    private readonly service: Service,
    private readonly platform: SimulatedPlatform,
    private readonly appId: string,
    name: string,
  ) {
    const { clock } = service.app()
    const client: Client = platform.platform
    this.#world = new World(fakeApps(), { clock, random: new SeededRandom(name) })
    platform.world = this.#world
    this.#model = new Model(client, () => clock.now())
    // Clients old enough to forward private cards and new enough to verify them.
    if (client === 'wechat') this.#world.patchSettings({ wechat: { forwardRefusedSince: '99' } })
    for (const id of PEOPLE) {
      this.#world.people.add({ id, name: id, wecomUserid: `${id}-${name}` })
      this.#world.phones.add({ id, person: id, client })
    }
    for (const members of [
      ['lin', 'chen'],
      ['lin', 'zhou'],
      ['chen', 'zhou'],
    ]) {
      this.#world.chats.add({ id: members.join('-'), client, kind: 'single', members })
    }
    this.#world.chats.add({ id: 'group', client, kind: 'group', members: ['lin', 'chen'] })
  }

  async run(next: Step): Promise<void> {
    switch (next.do) {
      case 'join':
        this.#model.group.add(next.who)
        return void this.#world.chats.join('group', next.who)
      case 'leave':
        if (this.#model.group.delete(next.who)) this.#world.chats.leave('group', next.who)
        return
      case 'share':
        return this.#share(next.who, next.place, next.maxViewers, next.expires)
      case 'forward': {
        this.#forward(next.who, next.place, pick(this.#messages, next.nth))
        return
      }
      case 'open':
        return this.#open(next.who, pick(this.#messages, next.nth))
      case 'fetch':
        await this.#fetch(next.who, pick(this.#messages, next.nth))
        return
      case 'send':
        return this.#send(next.who, pick(this.#proofs, next.nth), pick(this.#shares, next.at))
      case 'send own': {
        const proof = pick(this.#proofs, next.nth)
        return proof && this.#send(proof.who, proof, proof.share)
      }
      case 'revoke':
        return this.#revoke(pick(this.#shares, next.nth))
      case 'rotate':
        // The platform's key is new, and the BFF has not heard of it.
        if (this.#platformSession(next.who)) {
          this.#world.sessions.rotate(this.platform.platform, MINI_PROGRAM, next.who)
        }
        return
      case 'other device':
        if (this.#platformSession(next.who)) {
          this.#world.sessions.rotate(this.platform.platform, MINI_PROGRAM, next.who)
        }
        return this.#logIn(next.who)
      case 'wait': {
        this.service.app().clock.advance(next.ms)
        return
      }
      case 'restart':
        return this.service.restart()
    }
  }

  /** The counts that the owner sees must equal what happened. */
  async finish(): Promise<void> {
    for (const { cardId, viewers, opens, refused } of this.#shares) {
      const [row] = await this.service
        .app()
        .storage.query(
          'SELECT viewer_count viewers, open_count opens, refused_count refused FROM cards WHERE id = ?',
          [cardId],
        )
      expect(row).toEqual({ viewers: viewers.size, opens, refused })
    }
  }

  get #members(): Members {
    return this.service.members()
  }

  #platformSession(person: Who) {
    return this.#world.sessions.get(this.platform.platform, MINI_PROGRAM, person)
  }

  async #logIn(person: Who): Promise<void> {
    const code = this.platform.code(person)
    this.#tokens.set(person, await this.#members.exchange(this.appId, code))
    this.#model.loggedIn(person, this.#platformSession(person)?.key ?? '')
  }

  async #principal(person: Who): Promise<Principal> {
    if (this.#model.needsLogin(person)) await this.#logIn(person)
    return this.#members.principal(this.#tokens.get(person) ?? '')
  }

  async #share(person: Who, at: string, maxViewers: number, expires: number | null): Promise<void> {
    if (!this.#model.isIn(person, at)) return
    const now = this.#model.now()
    const me = await this.#principal(person)
    const { cardId, share } = await this.#members.share(me, {
      maxViewers,
      ...(expires !== null && { expiresAt: new Date(now + expires).toISOString() }),
    })
    const { declare } = share
    if (this.platform.platform === 'wecom' && !this.#platformSession(person)) {
      await this.#logIn(person)
    }
    const declared =
      declare.platform === 'wechat'
        ? this.platform.ask(person, 'updateShareMenu', {
            withShareTicket: true,
            isPrivateMessage: true,
            activityId: declare.activityId,
          })
        : this.platform.ask(person, 'setShareAttr', {
            withShareTicket: true,
            state: declare.state,
          })
    expect(declared.ok).toBe(true)
    const phone = this.#world.phones.get(person)
    this.#world.phones.ensureRunning(phone)
    const call = { page: 'p#1', from: 'menu' as const, chat: at, share: {} }
    const known: Share = {
      shareId: share.id,
      cardId,
      owner: person,
      sharedAt: now,
      expiresAt: expires === null ? Infinity : now + expires,
      maxViewers,
      revoked: false,
      viewers: new Set(),
      opens: 0,
      refused: 0,
    }
    this.#shares.push(known)
    const { id } = this.#world.cards.share(phone, call)
    this.#messages.push({ id, share: known, by: person, place: at, copy: false })
  }

  #forward(person: Who, at: string, message: Message | undefined): void {
    if (!message || !this.#model.isIn(person, at) || !this.#model.isIn(person, message.place))
      return
    const phone = this.#world.phones.get(person)
    const { version } = phone
    if (this.platform.platform === 'wecom') phone.version = '3.1.0'
    const { id } = this.#world.cards.forward(phone, { card: message.id, chat: at })
    phone.version = version
    this.#messages.push({ ...message, id, by: person, place: at, copy: true })
  }

  /** Taps the card and asks the platform to vouch. */
  async #fetch(person: Who, message: Message | undefined): Promise<Proof | undefined> {
    if (!message || !this.#model.isIn(person, message.place)) return undefined
    const phone = this.#world.phones.get(person)
    const enter = this.#world.openings.open(phone, { via: 'card', card: message.id }, '')
    await this.#principal(person)
    if (!this.#platformSession(person)) await this.#logIn(person)
    const wechat = this.platform.platform === 'wechat'
    const shareTicket = wechat ? enter.shareTicket : phone.contextTicket
    const api = wechat ? 'authPrivateMessage' : 'getShareInfo'
    const { encryptedData, iv } = this.platform.ask(person, api, { shareTicket }).res as Partial<
      Proof['data']
    >
    expect(encryptedData !== undefined).toBe(this.#model.vouches(person, message))
    if (encryptedData === undefined || iv === undefined) return undefined
    const key = this.#platformSession(person)?.key ?? ''
    const proof = { data: { encryptedData, iv }, share: message.share, who: person, key }
    this.#proofs.push(proof)
    return proof
  }

  /** As the client kit does: a rejected proof is one more login and a new proof, once. */
  async #open(person: Who, message: Message | undefined): Promise<void> {
    const proof = await this.#fetch(person, message)
    if (!proof) return
    if ((await this.#answer(person, proof, proof.share)) !== 'ERR_PROOF_REJECTED') return
    await this.#logIn(person)
    const again = await this.#fetch(person, message)
    if (!again) throw new Error('vouched for, and then not')
    expect(await this.#answer(person, again, again.share)).not.toBe('ERR_PROOF_REJECTED')
  }

  async #send(person: Who, proof: Proof | undefined, at: Share | undefined): Promise<void> {
    if (proof && at) await this.#answer(person, proof, at)
  }

  async #answer(person: Who, proof: Proof, at: Share): Promise<string> {
    const me = await this.#principal(person)
    const expected = this.#model.send(person, proof, at)
    const { code, opening, owner } = await this.#members.open(me, at.shareId, proof.data)
    expect(code ?? (owner ? 'owner' : 'granted')).toBe(expected)
    if (owner) {
      expect(owner).toEqual({ cardId: at.cardId })
      return expected
    }
    if (opening) expect(opening.card).toMatchObject({ id: at.cardId, body: 'The secret' })
    if (opening) this.granted += 1
    else this.refused += 1
    return expected
  }

  async #revoke(share: Share | undefined): Promise<void> {
    if (!share) return
    await this.#members.revoke(await this.#principal(share.owner), share.cardId)
    share.revoked = true
  }
}

const pick = <T>(list: readonly T[], n: number): T | undefined =>
  list.length === 0 ? undefined : list[n % list.length]
