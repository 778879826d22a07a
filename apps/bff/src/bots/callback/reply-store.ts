import { Inject, Injectable } from '@nestjs/common'
import { sealReply } from '@sealcard/crypto'
import type { EntityManager } from 'typeorm'
import { AuditLog } from '../../audit/audit-log.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import type { CallbackOutcome } from '../registry/bot-metrics.js'
import {
  BotCallbackRepository,
  type CallbackPast,
  type NewCallback,
  type StoredReply,
} from '../storage/bot-callback.repository.js'
import type { Reply } from '../wire/reply.js'
import type { ReceivedCallback } from './callback-reader.js'

export interface Handled {
  /** Of the response; null: empty. */
  readonly body: string | null
  readonly outcome: CallbackOutcome
}

/**
 * Seals and stores the reply of each callback. The same ciphertext gets the same bytes again. The same message in another
 * ciphertext gets the same reply, sealed again.
 */
@Injectable()
export class ReplyStore {
  constructor(
    private readonly callbacks: BotCallbackRepository,
    private readonly audit: AuditLog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  past(callback: ReceivedCallback): Promise<CallbackPast> {
    return this.callbacks.past(callback)
  }

  /** @returns undefined: neither this ciphertext nor this message was handled yet */
  async repeat(
    callback: ReceivedCallback,
    { same, twin }: CallbackPast,
  ): Promise<Handled | undefined> {
    if (same !== undefined) return repeated(same)
    if (twin === undefined) return undefined
    const reply = twin && twin.reply
    // The row of the twin has the message's key.
    const { row, body } = this.sealed({ ...callback, messageKey: null }, reply)
    await this.audit.transact(({ manager }) => this.insert(manager, [row]))
    return { body, outcome: 'repeated' }
  }

  /** @param reply null: empty @returns the row to insert, and the body of the response */
  sealed(
    { id, bot, messageKey, person, key, nonce }: ReceivedCallback,
    reply: Reply | null,
  ): { row: NewCallback; body: string | null } {
    const at = this.clock.now()
    const timestamp = Math.floor(at / 1000)
    const stored = reply && {
      reply,
      body: JSON.stringify(sealReply(key, JSON.stringify(reply), { timestamp, nonce })),
    }
    return {
      row: { id, botId: bot.id, messageKey, stored, person, at },
      body: stored?.body ?? null,
    }
  }

  /**
   * In the transaction of the effects.
   * @throws a unique violation when another process handled one of the callbacks, or its message, in the meantime
   */
  insert(manager: EntityManager, rows: readonly NewCallback[]): Promise<void> {
    return this.callbacks.insert(manager, rows)
  }
}

/** The same bytes again. */
export const repeated = (stored: StoredReply | null): Handled => ({
  body: stored?.body ?? null,
  outcome: 'repeated',
})
