import { Inject, Injectable } from '@nestjs/common'
import { SubscriptionEvent } from '@sealcard/protocol'
import { DataSource, type EntityManager } from 'typeorm'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { DAY } from '../../core/time.js'
import { SubscriptionRepository } from '../../members/notices/subscription.repository.js'
import { Bots, type Bot } from '../registry/bots.service.js'
import { BotNoticeCursors, type NoticeStream } from '../storage/bot-notice-cursors.js'
import type { CardEventKind } from '../registry/card-event-kind.js'
import { BotNoticeRepository } from '../storage/bot-notice.repository.js'
import { type CardEvent, CardEvents, isNoticeEnabled } from './card-events.js'
import { SubscribedApps } from './subscribed-apps.js'

/**
 * An opening has the time at which its transaction began, and commits later, on another process's clock. The finder reads
 * an opening when no earlier one can still commit.
 */
export const GRACE_MS = 30_000
/**
 * What two clocks may differ by. A cursor further ahead goes back, because nothing would be found until that time. What
 * happened by the wrong clock may then be found twice. A cursor that is less ahead stays: a process whose clock is behind
 * would find the same events again and again.
 */
const APART_MS = DAY
/** In one look, so that a backlog does not hold up messages that are due. */
const MAX_PAGES = 20

/** Of these a card may have many: the first is told at once, later ones once an hour. */
const GATHERED: ReadonlySet<CardEventKind> = new Set(['readers', 'asked', 'late', 'refused'])

const SUBSCRIBED: Readonly<Record<SubscriptionEvent, readonly CardEventKind[]>> = {
  opened: ['opened', 'readers'],
  requested: ['asked'],
  expiring: ['expiring'],
}

/** Who tells: bots that send app messages, by app, and apps whose people accept messages. */
interface Senders {
  readonly bots: ReadonlyMap<string, Bot>
  readonly subscribed: ReadonlySet<string>
}
type Page = Awaited<ReturnType<CardEvents['openings']>>

/**
 * Stores each event of a card as a notice, once. It reads from where the last look ended; openings do not report to it.
 * So notices do not change what an opening costs. The time of a refusal says nothing about the card.
 */
@Injectable()
export class NoticeFinder {
  constructor(
    private readonly storage: DataSource,
    private readonly bots: Bots,
    private readonly events: CardEvents,
    private readonly cursors: BotNoticeCursors,
    private readonly notices: BotNoticeRepository,
    private readonly marks: SubscriptionRepository,
    private readonly subscriptions: SubscribedApps,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async find(): Promise<void> {
    const bots = new Map(this.bots.sending().map((bot) => [bot.app.id, bot]))
    const senders = { bots, subscribed: new Set(this.subscriptions.appIds()) }
    const isOn = (kind: CardEventKind): boolean =>
      senders.subscribed.size > 0 ||
      [...bots.values()].some(({ notices }) => isNoticeEnabled(notices, kind))
    if (isOn('opened') || isOn('readers') || isOn('late') || isOn('refused'))
      await this.#pages(() => this.#openings(senders))
    if (isOn('asked')) await this.#pages(() => this.#requests(senders))
    if (isOn('expiring')) await this.#pages(() => this.#expiries(senders))
  }

  /** @param page returns whether there is more */
  async #pages(page: () => Promise<boolean>): Promise<void> {
    for (let n = 0; n < MAX_PAGES && (await page()); n++);
  }

  /** The first look begins at the present. An event that is older than a day is no news. */
  #openings(senders: Senders): Promise<boolean> {
    return this.#happened('openings', senders)
  }

  #requests(senders: Senders): Promise<boolean> {
    return this.#happened('requests', senders)
  }

  async #happened(stream: 'openings' | 'requests', senders: Senders): Promise<boolean> {
    const now = this.clock.now()
    const until = now - GRACE_MS
    const cursor = await this.cursors.read(stream, until, now + APART_MS)
    const since = Math.max(cursor.at, now - DAY)
    const appIds = [...senders.bots.keys(), ...senders.subscribed]
    const page = await this.events[stream](cursor, { since, until }, appIds)
    return this.#store(cursor, page, senders)
  }

  async #expiries(senders: Senders): Promise<boolean> {
    const now = this.clock.now()
    const cursor = await this.cursors.read('expiries', now, now + DAY + APART_MS)
    return this.#store(cursor, await this.events.expiries(cursor, now), senders)
  }

  /** The cursor and its notices commit together. @returns whether there is more */
  async #store(
    cursor: { stream: NoticeStream; at: number; lastId: string },
    { events, last, isFull }: Page,
    senders: Senders,
  ): Promise<boolean> {
    if (!last) return false
    const moved = await this.storage.transaction(async (manager) => {
      if (!(await this.cursors.move(manager, cursor, last))) return false
      for (const event of events) await this.#add(manager, senders.bots.get(event.appId), event)
      await this.#mark(manager, senders, events)
      return true
    })
    return moved && isFull
  }

  /** In one order, as every process does it. */
  async #mark(
    manager: EntityManager,
    { subscribed }: Senders,
    events: readonly CardEvent[],
  ): Promise<void> {
    for (const event of SubscriptionEvent.options) {
      const kinds = SUBSCRIBED[event]
      const ids = events.flatMap(({ kind, cardId, appId }) =>
        subscribed.has(appId) && kinds.includes(kind) ? [cardId] : [],
      )
      await this.marks.mark(manager, event, [...new Set(ids)].sort())
    }
  }

  async #add(manager: EntityManager, bot: Bot | undefined, event: CardEvent): Promise<void> {
    const { kind, cardId, ownerId: viewerId, at, times } = event
    if (!bot || !isNoticeEnabled(bot.notices, kind)) return
    const notice = { botId: bot.id, viewerId, cardId, kind, at, times }
    if (GATHERED.has(kind)) await this.notices.gather(manager, notice)
    else await this.notices.add(manager, notice)
  }
}
