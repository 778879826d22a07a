import { Inject, Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { GroupedRead } from '../../database/grouped-read.js'
import {
  integer,
  json,
  nullable,
  type Statement,
  Statements,
  text,
} from '../../database/statements.js'
import {
  type KnownViewer,
  type Lookups,
  ViewerRepository,
} from '../../members/sessions/viewer.repository.js'
import type { Language } from '../i18n/words.js'
import type { Bot } from '../registry/bots.service.js'
import { BotPersonEntity } from '../storage/bot-person.entity.js'

/** A person who talks to a bot: the same viewer as in the mini-program of the bot's app. */
export interface Person {
  readonly viewerId: string
  readonly language: Language
  readonly lastList: readonly string[]
  /** Time of the last answer with room for notices, milliseconds UTC; undefined: none yet. */
  readonly notifiedAt: number | undefined
  readonly known: boolean
  /** An administrator blocked the person: the bot does nothing for them. */
  readonly blocked: boolean
}

/** What a bot remembers about a person. */
export interface Remembered extends Pick<Person, 'language' | 'lastList'> {
  readonly bot: Bot
  readonly person: Person
  readonly notifiedAt: number
}

interface Row extends KnownViewer {
  readonly n: number
  /** Null: the bot does not remember the person. */
  readonly language: string | null
  readonly lastList: readonly string[]
  readonly notifiedAt: number | null
}

@Injectable()
export class People {
  readonly #rows: GroupedRead<Lookups & { botId: string }, Row>
  readonly #insert: Statement<never>
  readonly #update: Statement<never>

  constructor(
    private readonly storage: DataSource,
    private readonly viewers: ViewerRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    const sql = new Statements(storage)
    this.#rows = new GroupedRead(
      sql.read<Row>(
        `SELECT given.n, v.id, v.lookup, v.blocked_at AS "blockedAt",
          p.language, p.last_list AS "lastList", p.notified_at AS "notifiedAt"
        FROM ${sql.given(1, { n: 'int', bot_id: 'varchar', as_spelled: 'varchar', lookup: 'varchar' })}
        JOIN viewers AS v ON v.lookup IN (given.as_spelled, given.lookup)
        LEFT JOIN bot_people AS p ON p.bot_id = given.bot_id AND p.viewer_id = v.id`,
        {
          n: integer,
          id: text,
          lookup: text,
          blockedAt: nullable(integer),
          language: nullable(text),
          lastList: ids,
          notifiedAt: nullable(integer),
        },
      ),
      ({ botId, asSpelled, lookup }) => [botId, asSpelled, lookup],
    )
    this.#insert = sql.insert('bot_people', COLUMNS)
    const given = sql.given(1, COLUMNS)
    this.#update = sql.write(
      `UPDATE bot_people SET language = given.language, last_list = given.last_list,
        notified_at = given.notified_at FROM ${given}
      WHERE bot_people.bot_id = given.bot_id AND bot_people.viewer_id = given.viewer_id
        AND ${sql.heldFirst('bot_people', ['bot_id', 'viewer_id'], given)}`,
    )
  }

  async meet(bot: Bot, userid: string): Promise<Person> {
    const read = (lookups: Lookups) => this.#rows.all({ botId: bot.id, ...lookups })
    const { id, blocked, known } = await this.viewers.meetBy(read, bot.app, userid)
    return {
      viewerId: id,
      language: languageIn(known?.language),
      lastList: known?.lastList ?? [],
      notifiedAt: known?.notifiedAt ?? undefined,
      known: typeof known?.language === 'string',
      blocked,
    }
  }

  /** The userid that shows a reader to the owner of the card; undefined: erased. */
  async useridOf(viewerId: string): Promise<string | undefined> {
    return (await this.viewers.keyOf(viewerId)) ?? undefined
  }

  isBlocked(viewerId: string): Promise<boolean> {
    return this.viewers.isBlocked(viewerId)
  }

  /** The language of the person's last message to the bot; Chinese if there is none. */
  async languageOf({ id: botId }: Bot, viewerId: string): Promise<Language> {
    const row = await this.storage.manager.findOneBy(BotPersonEntity, { botId, viewerId })
    return languageIn(row?.language)
  }

  /** @throws a unique violation when two first messages of a person arrive at once */
  async remember(manager: EntityManager, all: readonly Remembered[]): Promise<void> {
    const known = all.filter(({ person }) => person.known)
    if (known.length > 0) await this.#update.run([rowsOf(known)], manager)
    const met = all.filter(({ person }) => !person.known)
    if (met.length === 0) return
    // A person who was erased in the meantime gets no new row.
    const metIds = met.map(({ person }) => person.viewerId)
    const there = await this.viewers.holdAll(manager, metIds, this.clock.now())
    const rows = rowsOf(met.filter(({ person }) => there.has(person.viewerId)))
    if (rows.length > 0) await this.#insert.run([rows], manager)
  }
}

const COLUMNS = {
  bot_id: 'varchar',
  viewer_id: 'varchar',
  language: 'varchar',
  last_list: 'text',
  notified_at: 'bigint',
} as const

/** Sorted: two processes that record the same people wait for each other in one direction. */
const rowsOf = (all: readonly Remembered[]) =>
  all
    .map(({ bot, person, language, lastList, notifiedAt }) => [
      bot.id,
      person.viewerId,
      language,
      JSON.stringify(lastList),
      notifiedAt,
    ])
    .toSorted(([bot, a = ''], [other, b = '']) =>
      (bot === other ? a < b : `${bot}` < `${other}`) ? -1 : 1,
    )

const ids = (value: unknown): readonly string[] => (json(value) ?? []) as string[]

const languageIn = (language: string | null | undefined): Language =>
  language === 'en' ? 'en' : 'zh'
