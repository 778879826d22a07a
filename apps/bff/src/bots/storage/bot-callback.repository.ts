import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { Vault } from '../../core/crypto/vault.js'
import type { Reply } from '../wire/reply.js'
import { BotCallbackEntity } from './bot-callback.entity.js'

/** A reply as it went out, and what was in it: the same message sealed anew gets the same reply sealed anew. */
export interface StoredReply {
  readonly reply: Reply
  /** The response's body, sealed for the platform. */
  readonly body: string
}

interface NewCallback {
  readonly id: string
  readonly botId: string
  readonly messageKey: string | null
  readonly kept: StoredReply | null
  /** Whom it is for, as `viewers.lookup`. */
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

  /** @returns undefined where it was not handled; null where the reply was empty, or is kept no longer */
  async find(id: string): Promise<StoredReply | null | undefined> {
    return this.#open(await this.storage.manager.findOneBy(BotCallbackEntity, { id }))
  }

  /** The same, for a message that may have been sealed differently then. */
  async findMessage(messageKey: string): Promise<StoredReply | null | undefined> {
    return this.#open(await this.storage.manager.findOneBy(BotCallbackEntity, { messageKey }))
  }

  /** @throws a unique violation when the callback, or its message, was handled meanwhile */
  insert(manager: EntityManager, { kept, person, ...callback }: NewCallback): Promise<unknown> {
    const sealedReply = kept && this.vault.seal(ref(callback.id), JSON.stringify(kept))
    return manager.insert(BotCallbackEntity, { ...callback, sealedReply, person: kept && person })
  }

  /** When a bot was last called with something authentic, ms; undefined: not within the last two days. */
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
