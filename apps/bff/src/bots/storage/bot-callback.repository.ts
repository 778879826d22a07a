import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { Vault } from '../../core/crypto/vault.js'
import type { Reply } from '../wire/reply.js'
import { BotCallbackEntity } from './bot-callback.entity.js'

/** A reply as it went out, and its content: the same message in another ciphertext gets the same content. */
export interface StoredReply {
  readonly reply: Reply
  /** The response's body, sealed for the platform. */
  readonly body: string
}

interface NewCallback {
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

/** Callbacks that were handled. */
@Injectable()
export class BotCallbackRepository {
  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
  ) {}

  /** @returns undefined: not handled; null: the reply was empty, or is deleted by now */
  async find(id: string): Promise<StoredReply | null | undefined> {
    return this.#open(await this.storage.manager.findOneBy(BotCallbackEntity, { id }))
  }

  /** The same, for a message in any ciphertext. */
  async findMessage(messageKey: string): Promise<StoredReply | null | undefined> {
    return this.#open(await this.storage.manager.findOneBy(BotCallbackEntity, { messageKey }))
  }

  /** @throws a unique violation when another process handled the callback, or its message, in the meantime */
  insert(manager: EntityManager, { stored, person, ...callback }: NewCallback): Promise<unknown> {
    const sealedReply = stored && this.vault.seal(ref(callback.id), JSON.stringify(stored))
    return manager.insert(BotCallbackEntity, { ...callback, sealedReply, person: stored && person })
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

  #open(row: BotCallbackEntity | null): StoredReply | null | undefined {
    if (row === null) return undefined
    if (row.sealedReply === null) return null
    return JSON.parse(this.vault.unseal(ref(row.id), row.sealedReply)) as StoredReply
  }
}
