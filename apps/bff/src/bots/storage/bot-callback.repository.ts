import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { Vault } from '../../core/crypto/vault.js'
import { GroupedRead } from '../../database/grouped-read.js'
import { integer, nullable, type Statement, Statements, text } from '../../database/statements.js'
import type { Reply } from '../wire/reply.js'
import { BotCallbackEntity } from './bot-callback.entity.js'

/** A reply as it went out, and its content: the same message in another ciphertext gets the same content. */
export interface StoredReply {
  readonly reply: Reply
  /** The response's body, sealed for the platform. */
  readonly body: string
}

export interface NewCallback {
  readonly id: string
  readonly botId: string
  readonly messageKey: string | null
  /** Null: the reply is empty. */
  readonly stored: StoredReply | null
  /** Who gets the reply, as `viewers.lookup`. */
  readonly person: string
  readonly at: number
}

const ref = (id: string) => ({ table: 'bot_callbacks', row: id, purpose: 'reply' })

/** Undefined: not handled; null: the reply was empty, or is deleted by now. */
type Earlier = StoredReply | null | undefined

/** What was there before a callback. */
export interface CallbackPast {
  /** Of this ciphertext. */
  readonly same: Earlier
  /** Of this message, in any ciphertext. */
  readonly twin: Earlier
  /** A job of the chat is unfinished: no message may overtake it. */
  readonly isChatBusy: boolean
}

type Asked = Pick<NewCallback, 'id' | 'messageKey'> & { readonly chatKey: string }

interface Row {
  readonly n: number
  readonly sameId: string | null
  readonly sameReply: string | null
  readonly twinId: string | null
  readonly twinReply: string | null
  readonly isChatBusy: boolean
}

/** Callbacks that were handled. */
@Injectable()
export class BotCallbackRepository {
  readonly #past: GroupedRead<Asked, Row>
  readonly #insert: Statement<never>

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
  ) {
    const sql = new Statements(storage)
    const keys = { n: 'int', id: 'varchar', message_key: 'varchar', chat_key: 'varchar' } as const
    this.#past = new GroupedRead(
      sql.read<Row>(
        `SELECT given.n, same.id AS "sameId", same.sealed_reply AS "sameReply",
          twin.id AS "twinId", twin.sealed_reply AS "twinReply",
          EXISTS (SELECT 1 FROM bot_jobs AS j
            WHERE j.chat_key = given.chat_key AND j.state = 'waiting') AS "isChatBusy"
        FROM ${sql.given(1, keys)}
          LEFT JOIN bot_callbacks AS same ON same.id = given.id
          LEFT JOIN bot_callbacks AS twin ON twin.message_key = given.message_key`,
        {
          n: integer,
          sameId: nullable(text),
          sameReply: nullable(text),
          twinId: nullable(text),
          twinReply: nullable(text),
          isChatBusy: Boolean,
        },
      ),
      ({ id, messageKey, chatKey }) => [id, messageKey, chatKey],
    )
    this.#insert = sql.insert('bot_callbacks', {
      id: 'varchar',
      bot_id: 'varchar',
      message_key: 'varchar',
      sealed_reply: 'text',
      person: 'varchar',
      at: 'bigint',
    })
  }

  /** Callbacks that ask in the same moment share one statement. */
  async past(asked: Asked): Promise<CallbackPast> {
    const row = await this.#past.first(asked)
    if (!row) throw new TypeError('a statement left a callback without a row')
    return {
      same: this.#open(row.sameId, row.sameReply),
      twin: this.#open(row.twinId, row.twinReply),
      isChatBusy: row.isChatBusy,
    }
  }

  /** @throws a unique violation when another process handled one of them, or its message, in the meantime */
  async insert(manager: EntityManager, callbacks: readonly NewCallback[]): Promise<void> {
    // By message: two processes that get the same messages, in other ciphertexts, insert them in one order.
    const place = ({ messageKey, id }: NewCallback) => `${messageKey ?? ''} ${id}`
    const rows = callbacks
      .toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
      .map(({ id, botId, messageKey, stored, person, at }) => [
        id,
        botId,
        messageKey,
        stored && this.vault.seal(ref(id), JSON.stringify(stored)),
        stored && person,
        at,
      ])
    if (rows.length > 0) await this.#insert.run([rows], manager)
  }

  /** The time of the last authentic callback of a bot, ms; undefined: none within two days. */
  async lastAt(botId: string): Promise<number | undefined> {
    const row = await this.storage.manager.findOne(BotCallbackEntity, {
      select: { id: true, at: true },
      where: { botId },
      order: { at: 'DESC' },
    })
    return row?.at
  }

  #open(id: string | null, sealedReply: string | null): Earlier {
    if (id === null) return undefined
    if (sealedReply === null) return null
    return JSON.parse(this.vault.unseal(ref(id), sealedReply)) as StoredReply
  }
}
