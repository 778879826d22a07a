import fc from 'fast-check'
import { ManualClock, SeededRandom } from '../../src/adapters/manual.js'
import type { Client } from '../../src/contract.js'
import { openOpenData, type OpenData } from '../../src/crypto/open-data.js'
import { fakeApps } from '../../src/fake-apps.js'
import { CLIENT_APIS } from '../../src/operations/client-apis.js'
import { seedDemo } from '../../src/world/seed.js'
import { World } from '../../src/world/world.js'

const DAY = 86_400_000
const PEOPLE = ['lin', 'chen', 'zhou'] as const
type Who = (typeof PEOPLE)[number]
const APPID = 'wx0000000000000001'

const who = fc.constantFrom(...PEOPLE)
const place = fc.constantFrom('group', 'lin-chen', 'lin-zhou', 'chen-zhou')
const nth = fc.nat({ max: 20 })
const step = fc.oneof(
  fc.record({ do: fc.constant('join' as const), who }),
  fc.record({ do: fc.constant('leave' as const), who }),
  fc.record({ do: fc.constant('share' as const), who, place }),
  fc.record({ do: fc.constant('share' as const), who, place: fc.constant('group') }),
  fc.record({ do: fc.constant('forward' as const), who, place, nth }),
  fc.record({ do: fc.constant('open' as const), who, nth }),
  fc.record({ do: fc.constant('open' as const), who, nth }),
  fc.record({ do: fc.constant('open' as const), who, nth }),
  fc.record({ do: fc.constant('close' as const), who }),
  fc.record({ do: fc.constant('rotate' as const), who }),
  fc.record({ do: fc.constant('log in' as const), who }),
  fc.record({ do: fc.constant('wait' as const), days: fc.constantFrom(1, 50, 121) }),
  fc.record({ do: fc.constant('prove' as const), who, nth }),
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** The rules once more, as short as they can be said. */
interface ModelCard {
  id: string
  secret: string
  by: Who
  place: string
  sentAt: number
  copy: boolean
}

class Play {
  readonly clock = new ManualClock()
  readonly world = new World(fakeApps(), { clock: this.clock, random: new SeededRandom() })
  readonly cards: ModelCard[] = []
  readonly tickets: { ticket: string; card: ModelCard; who: Who; alive: boolean }[] = []
  readonly inGroup = new Set<Who>(['lin', 'chen'])
  granted = 0

  constructor(readonly client: Client) {
    seedDemo(this.world)
    // Clients old enough to forward private cards and new enough to verify them.
    if (client === 'wechat') this.world.patchSettings({ wechat: { forwardRefusedSince: '99' } })
    for (const person of PEOPLE) this.logIn(person)
  }

  phone(person: Who) {
    return this.world.phones.get(`${person}-${this.client}`)
  }

  call(person: Who, api: string, args: Record<string, unknown>) {
    const name = this.client === 'wecom' ? `qy.${api}` : api
    const operation = CLIENT_APIS.get(name)
    if (!operation) throw new Error(name)
    return operation(this.world, { phone: this.phone(person), page: 'p#1', args })
  }

  logIn(person: Who): void {
    const answer = this.call(person, 'login', {})
    const code = this.world.sessions.findCode(this.client, String(answer.res['code' as never]))
    if (typeof code !== 'string') this.world.sessions.exchange(code)
  }

  members(card: ModelCard): Who[] {
    return card.place === 'group' ? [...this.inGroup] : (card.place.split('-') as Who[])
  }

  chat(at: string): string {
    return `${this.client}-${at}`
  }

  isIn(person: Who, at: string): boolean {
    return at === 'group' ? this.inGroup.has(person) : at.split('-').includes(person)
  }

  share(person: Who, at: string): void {
    if (!this.isIn(person, at)) return
    const phone = this.phone(person)
    this.world.phones.ensureRunning(phone)
    let secret = `state-${this.cards.length};`
    if (this.client === 'wechat') {
      secret = this.world.activities.create(APPID, person).id
      const args = { withShareTicket: true, isPrivateMessage: true, activityId: secret }
      this.call(person, 'updateShareMenu', args)
    } else {
      this.logIn(person)
      this.call(person, 'setShareAttr', { withShareTicket: true, state: secret })
    }
    const call = { page: 'p#1', from: 'menu' as const, chat: this.chat(at), share: {} }
    const { id } = this.world.cards.share(phone, call)
    this.cards.push({ id, secret, by: person, place: at, sentAt: this.clock.now(), copy: false })
  }

  forward(person: Who, at: string, card: ModelCard | undefined): void {
    if (!card || !this.isIn(person, at) || !this.members(card).includes(person)) return
    const phone = this.phone(person)
    const version = phone.version
    if (this.client === 'wecom') phone.version = '3.1.0'
    const { id } = this.world.cards.forward(phone, { card: card.id, chat: this.chat(at) })
    phone.version = version
    this.cards.push({ ...card, id, by: person, place: at, sentAt: this.clock.now(), copy: true })
  }

  open(person: Who, card: ModelCard | undefined): void {
    if (!card || !this.members(card).includes(person)) return
    const phone = this.phone(person)
    const enter = this.world.openings.open(phone, { via: 'card', card: card.id }, '')
    const ticket = this.client === 'wechat' ? enter.shareTicket : phone.contextTicket
    if (ticket) this.tickets.push({ ticket, card, who: person, alive: true })
  }

  prove(person: Who, entry: Play['tickets'][number] | undefined): void {
    if (!entry) return
    const { card } = entry
    const api = this.client === 'wechat' ? 'authPrivateMessage' : 'getShareInfo'
    const answer = this.call(person, api, { shareTicket: entry.ticket })
    const session = this.world.sessions.get(this.client, APPID, person)
    const data = answer.res as Partial<OpenData>
    const read =
      session && data.encryptedData
        ? openOpenData(session.key, data as OpenData).includes(card.secret)
        : false
    const own = card.by === person && card.place !== 'group'
    const late = this.client === 'wechat' && this.clock.now() - card.sentAt > 120 * DAY
    const direct =
      entry.alive &&
      entry.who === person &&
      session !== null &&
      this.members(card).includes(person) &&
      !card.copy &&
      !own &&
      !late
    if (read) this.granted += 1
    expect(read).toBe(direct)
  }

  run(step: Step): void {
    switch (step.do) {
      case 'join':
        this.world.chats.join(this.chat('group'), step.who)
        this.inGroup.add(step.who)
        return
      case 'leave':
        if (!this.inGroup.delete(step.who)) return
        this.world.chats.leave(this.chat('group'), step.who)
        return
      case 'share':
        return this.share(step.who, step.place)
      case 'forward':
        return this.forward(step.who, step.place, this.pick(this.cards, step.nth))
      case 'open':
        return this.open(step.who, this.pick(this.cards, step.nth))
      case 'close':
        for (const entry of this.tickets) if (entry.who === step.who) entry.alive = false
        return this.world.phones.close(this.phone(step.who))
      case 'rotate':
        if (this.world.sessions.get(this.client, APPID, step.who)) {
          this.world.sessions.rotate(this.client, APPID, step.who)
        }
        return
      case 'log in':
        return this.logIn(step.who)
      case 'wait':
        return this.clock.advance(step.days * DAY)
      case 'prove':
        return this.prove(step.who, this.pick(this.tickets, step.nth))
    }
  }

  pick<T>(list: T[], n: number): T | undefined {
    return list.length === 0 ? undefined : list[n % list.length]
  }
}

describe.each(['wechat', 'wecom'] as const)('in %s', (client) => {
  it('should give a valid proof only to direct recipients', () => {
    let granted = 0
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), (steps) => {
        const play = new Play(client)
        for (const next of steps) play.run(next)
        // Whatever happened, everybody tries every ticket at the end.
        for (const person of PEOPLE) play.logIn(person)
        for (const entry of play.tickets) for (const person of PEOPLE) play.prove(person, entry)
        granted += play.granted
      }),
      { numRuns: 300, seed: 20_260_105 },
    )
    // The property is not empty: many proofs were valid.
    expect(granted).toBeGreaterThan(100)
  })
})
