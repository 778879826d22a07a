import { Inject, Injectable } from '@nestjs/common'
import type { CardPage, CardSummary, ListCards } from '@sealcard/protocol'
import { inputError } from '../../core/errors/api-error.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { squeeze } from '../../core/text.js'
import { MINUTE } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { FixedWindow } from '../../http/limits/fixed-window.js'
import { limited } from '../../http/limits/person-limits.js'
import { PageCursor, type Place } from '../../http/pagination/page-cursor.js'
import { CardContent } from './card-content.js'
import { CardLists } from './card-lists.js'
import { placeOf, sentView } from './card.view.js'

/** Characters that count of what is looked for. */
const FEWEST = 2
/** Titles of one statement. */
const BATCH = 500
/** Titles that one request opens. The next page begins behind them. */
const MOST = 10_000
/** Titles that one process opens for one person a minute: about two seconds of work. */
const MOST_A_MINUTE = 200_000

type Search = Omit<ListCards, 'q'> & { readonly q: string }

/** Finds a person's own cards by their titles. Titles are sealed, so each is opened and compared, newest first. */
@Injectable()
export class TitleSearch {
  readonly #opened: FixedWindow

  constructor(
    private readonly lists: CardLists,
    private readonly content: CardContent,
    private readonly cursors: PageCursor,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.#opened = new FixedWindow(clock, MOST_A_MINUTE, MINUTE)
  }

  /**
   * A page may be short, or empty, and have a `nextCursor`: the request has opened all the titles that it may.
   * @throws ApiError ERR_INPUT naming `q` or `cursor`; ERR_RATE_LIMITED
   */
  async find({ viewerId }: Principal, { q, status, limit, cursor }: Search): Promise<CardPage> {
    const wanted = squeeze(q)
    if (Array.from(wanted).length < FEWEST)
      throw inputError('q', `must have ${FEWEST} to 64 characters, blanks apart`)
    const list = ['cards.sent', viewerId, 'found', wanted, status ?? '']
    let from = await this.cursors.decode(list, cursor)
    const wait = this.#opened.take(viewerId, 0)
    if (wait > 0) throw limited(wait)
    const now = this.clock.now()
    const items: CardSummary[] = []
    /** The last line of a full page. */
    let end: Place | undefined
    for (let opened = 0; opened < MOST; opened += BATCH) {
      const cards = await this.lists.sent(viewerId, from, BATCH, status && { status, now })
      this.#opened.take(viewerId, cards.length)
      for (const card of cards) {
        const title = this.content.listedTitle(card)
        if (!squeeze(title).includes(wanted)) continue
        // There is one more: the next page begins behind this one.
        if (end) return { items, nextCursor: await this.cursors.encode(list, end) }
        items.push(sentView(card, title, now))
        if (items.length === limit) end = placeOf(card)
      }
      const last = cards.at(-1)
      if (!last || cards.length < BATCH) return { items, nextCursor: null }
      from = placeOf(last)
    }
    const place = end ?? from
    return { items, nextCursor: place ? await this.cursors.encode(list, place) : null }
  }
}
