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

interface Row {
  readonly n: number
  readonly id: string
  readonly sealedReply: string | null
}

/** Callbacks that were handled. */
@Injectable()
export class BotCallbackRepository {
  readonly #byId: GroupedRead<string, Row>
  readonly #byMessage: GroupedRead<string, Row>
  readonly #insert: Statement<never>

  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
  ) {
    const sql = new Statements(storage)
    const by = (column: string) =>
      new GroupedRead(
        sql.read<Row>(
          `SELECT given.n, c.id, c.sealed_reply AS "sealedReply"
          FROM ${sql.given(1, { n: 'int', wanted: 'varchar' })}
          JOIN bot_callbacks AS c ON c.${column} = given.wanted`,
          { n: integer, id: text, sealedReply: nullable(text) },
        ),
        (wanted: string) => [wanted],
      )
    this.#byId = by('id')
    this.#byMessage = by('message_key')
    this.#insert = sql.insert('bot_callbacks', {
      id: 'varchar',
      bot_id: 'varchar',
      message_key: 'varchar',
      sealed_reply: 'text',
      person: 'varchar',
      at: 'bigint',
    })
  }

  /** @returns undefined: not handled; null: the reply was empty, or is deleted by now */
  async find(id: string): Promise<StoredReply | null | undefined> {
    return this.#open(await this.#byId.first(id))
  }

  /** The same, for a message in any ciphertext. */
  async findMessage(messageKey: string): Promise<StoredReply | null | undefined> {
    return this.#open(await this.#byMessage.first(messageKey))
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

  #open(row: Row | undefined): StoredReply | null | undefined {
    if (row === undefined) return undefined
    if (row.sealedReply === null) return null
    return JSON.parse(this.vault.unseal(ref(row.id), row.sealedReply)) as StoredReply
  }
}
