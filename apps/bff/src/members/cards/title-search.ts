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
import type { ListedCard } from './card-lists.js'

/** Characters that count of what is looked for. */
const FEWEST = 2
/** Titles of one statement. */
const BATCH = 500
/** Titles that one request opens. The next page begins behind them. */
const MOST = 10_000
/** Titles that one process opens for one person a minute: about two seconds of work. */
const MOST_A_MINUTE = 200_000

type Search = Omit<ListCards, 'q'> & { readonly q: string }

/** A list that is searched: its name, and how to read and show it. */
export interface Searched<Row> {
  readonly list: readonly string[]
  readonly read: (after: Place | undefined, take: number) => Promise<readonly Row[]>
  readonly placeOf: (row: Row) => Place
  /** Null: its card is gone. */
  readonly line: (row: Row) => ListLine | null
}

export interface ListLine {
  readonly card: ListedCard
  readonly view: (title: string) => Promise<CardSummary>
}

/** Finds the cards that a person sent or received by their titles. Titles are sealed, so each is opened and compared, newest first. */
@Injectable()
export class TitleSearch {
  readonly #opened: FixedWindow

  constructor(
    private readonly content: CardContent,
    private readonly cursors: PageCursor,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#opened = new FixedWindow(clock, MOST_A_MINUTE, MINUTE)
  }

  /**
   * A page may be short, or empty, and have a `nextCursor`: the request has opened all the titles that it may.
   * @throws ApiError ERR_INPUT naming `q` or `cursor`; ERR_RATE_LIMITED
   */
  async find<Row>(
    { viewerId }: Principal,
    { q, limit, cursor }: Search,
    { list: name, read, placeOf, line }: Searched<Row>,
  ): Promise<CardPage> {
    const wanted = squeeze(q)
    if (Array.from(wanted).length < FEWEST)
      throw inputError('q', `must have ${FEWEST} to 64 characters, blanks apart`)
    const list = [...name, 'found', wanted]
    let from = await this.cursors.decode(list, cursor)
    const wait = this.#opened.take(viewerId, 0)
    if (wait > 0) throw limited(wait)
    const items: Promise<CardSummary>[] = []
    const answer = async (next: Place | undefined): Promise<CardPage> => ({
      items: await Promise.all(items),
      nextCursor: next ? await this.cursors.encode(list, next) : null,
    })
    /** The last line of a full page. */
    let end: Place | undefined
    for (let opened = 0; opened < MOST; opened += BATCH) {
      const rows = await read(from, BATCH)
      this.#opened.take(viewerId, rows.length)
      for (const row of rows) {
        const found = line(row)
        const title = found ? this.content.listedTitle(found.card) : ''
        if (!found || !squeeze(title).includes(wanted)) continue
        // There is one more: the next page begins behind this one.
        if (end) return answer(end)
        items.push(found.view(title))
        if (items.length === limit) end = placeOf(row)
      }
      const last = rows.at(-1)
      if (!last || rows.length < BATCH) return answer(undefined)
      from = placeOf(last)
    }
    return answer(end ?? from)
  }
}
