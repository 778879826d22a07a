import { Inject, Injectable } from '@nestjs/common'
import { sealReply } from '@sealcard/crypto'
import { AuditLog } from '../../audit/audit-log.js'
import { DeadlineError, withDeadline } from '../../core/concurrency/deadline.js'
import { KeyedQueue } from '../../core/concurrency/keyed-queue.js'
import { retry } from '../../core/concurrency/retry.js'
import { sha256 } from '../../core/crypto/digest.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { RANDOM, type Random } from '../../core/ports/random.js'
import { type Timers, TIMERS } from '../../core/ports/timers.js'
import { KeyedHash } from '../../database/keyed-hash/keyed-hash.service.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import { comparable } from '../../platforms/calls/same-person.js'
import { CommandHandler } from '../commands/command-handler.js'
import type { PreparedCommand } from '../commands/prepared-command.js'
import { StreamPolls } from '../outbox/stream-polls.js'
import { OutboxWorker } from '../outbox/worker.js'
import { BotLog } from '../registry/bot-log.js'
import { BotMetrics, type CallbackOutcome } from '../registry/bot-metrics.js'
import type { Bot } from '../registry/bots.service.js'
import type { Cause, Refused } from '../registry/cause.js'
import { ReplyBuilder } from '../replies/reply-builder.js'
import { BotCallbackRepository, type StoredReply } from '../storage/bot-callback.repository.js'
import { BotJobRepository } from '../storage/bot-job.repository.js'
import { readInbound, type Inbound, type Read } from '../wire/inbound.js'
import type { Reply } from '../wire/reply.js'
import type { VerifiedCallback } from './callback-verifier.js'

/** What takes longer is answered with a progress report and goes on in the outbox; the platform hangs up after 5 s. */
export const IN_TIME_MS = 600
const MAX_TRIES = 4

export interface Handled {
  /** Of the response; null: empty. */
  readonly body: string | null
  readonly outcome: CallbackOutcome
}

interface Arrived extends VerifiedCallback {
  readonly id: string
  readonly inbound: Inbound
  readonly messageKey: string | null
  readonly chatKey: string
  /** As `viewers.lookup`. */
  readonly person: string
}

/**
 * Handles each callback once. Its effects, its place in the outbox, and its reply become durable together; whoever sends
 * the same ciphertext again gets the same bytes, and the same message sealed anew gets the same reply.
 */
@Injectable()
export class CallbackService {
  readonly #running = new Map<string, Promise<Handled | Refused>>()
  readonly #turns = new KeyedQueue()

  constructor(
    private readonly callbacks: BotCallbackRepository,
    private readonly jobs: BotJobRepository,
    private readonly desk: CommandHandler,
    private readonly forms: ReplyBuilder,
    private readonly polls: StreamPolls,
    private readonly worker: OutboxWorker,
    private readonly audit: AuditLog,
    private readonly pepper: KeyedHash,
    private readonly log: BotLog,
    private readonly metrics: BotMetrics,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
    @Inject(TIMERS) private readonly timers: Timers,
  ) {}

  async handle(genuine: VerifiedCallback): Promise<Handled | Refused> {
    const id = sha256(JSON.stringify([genuine.bot.id, genuine.replayKey]), 'base64url')
    const running = this.#running.get(id)
    if (running) return repeated(await running)
    const work = this.#once(id, genuine).finally(() => this.#running.delete(id))
    this.#running.set(id, work)
    return work
  }

  async #once(id: string, genuine: VerifiedCallback): Promise<Handled | Refused> {
    const read = readInbound(genuine.plaintext)
    const stranger = strangerIn(genuine.bot, read)
    if (stranger) return { refused: stranger }
    const kept = await this.callbacks.find(id)
    if (kept !== undefined) return same(kept)
    const inbound = read.inbound ?? MALFORMED
    const who = comparable(genuine.bot.app.platform, inbound.userid)
    const arrived = {
      ...genuine,
      id,
      inbound,
      messageKey: messageKeyOf(genuine.bot.id, inbound),
      chatKey: await this.#chatKey(genuine.bot.id, inbound.group, who),
      person: await this.pepper.hash('viewer', genuine.bot.app.id, who),
    }
    if (inbound.kind === 'poll') return this.#handle(arrived)
    return this.#turns.run(arrived.chatKey, () => this.#handle(arrived))
  }

  #handle(arrived: Arrived): Promise<Handled> {
    // Another process was faster, with this callback or with another message of the chat.
    const onError = isUniqueViolation
    return retry(
      { tries: MAX_TRIES, onError },
      async () => (await this.#before(arrived)) ?? (await this.#first(arrived)),
    )
  }

  /** What was replied before, to this ciphertext or to this message in another one. */
  async #before({ id, messageKey, person, ...arrived }: Arrived): Promise<Handled | undefined> {
    const kept = await this.callbacks.find(id)
    if (kept !== undefined) return same(kept)
    const twin = messageKey === null ? undefined : await this.callbacks.findMessage(messageKey)
    if (twin === undefined) return undefined
    const anew = twin && this.#seal(arrived, twin.reply)
    const at = this.clock.now()
    const row = { id, botId: arrived.bot.id, messageKey: null, kept: anew, person, at }
    await this.audit.transact(({ manager }) => this.callbacks.insert(manager, row))
    return same(anew)
  }

  async #first(arrived: Arrived): Promise<Handled> {
    const { bot, inbound, chatKey, person } = arrived
    const deferrable =
      inbound.kind === 'said' || inbound.kind === 'media' || inbound.kind === 'pressed'
    const busy = deferrable && (await this.jobs.isBusy(chatKey))
    // What the platform asks of a stream must not wait for what the stream is about.
    const plan = busy || inbound.kind === 'poll' ? undefined : await this.#inTime(arrived)
    const handled = await this.audit.transact(async (tx): Promise<Handled> => {
      const { manager } = tx
      let deferred = false
      let reply: Reply | null
      if (inbound.kind === 'poll') {
        reply = await this.polls.reply(manager, bot, chatKey, inbound.streamId)
      } else if (plan && !(deferrable && (await this.jobs.isBusy(chatKey, manager)))) {
        const { answer } = await plan.execute(tx)
        reply = answer && this.forms.reply(bot, inbound, answer)
      } else if (deferrable) {
        const id = this.random.id()
        const delivery = inbound.kind === 'pressed' ? 'later' : 'stream'
        const { plaintext } = arrived
        const job = { id, botId: bot.id, chatKey, person, plaintext, delivery } as const
        await this.jobs.add(manager, job)
        reply = this.forms.progress(bot, inbound, id)
        deferred = true
      } else reply = inbound.kind === 'entered' ? this.forms.greeting() : null
      const kept = reply && this.#seal(arrived, reply)
      const { id, messageKey } = arrived
      await this.callbacks.insert(manager, {
        id,
        botId: bot.id,
        messageKey,
        kept,
        person,
        at: this.clock.now(),
      })
      const outcome = deferred ? 'deferred' : kept ? 'answered' : 'empty'
      return { body: kept?.body ?? null, outcome }
    })
    this.#tell(arrived)
    if (handled.outcome === 'deferred') void this.worker.poll()
    return handled
  }

  /** @returns undefined when it takes too long or fails: the outbox tries again */
  async #inTime({ bot, inbound }: Arrived): Promise<PreparedCommand | undefined> {
    try {
      return await withDeadline(this.timers, IN_TIME_MS, this.desk.prepare(bot, inbound))
    } catch (error) {
      if (!(error instanceof DeadlineError)) this.log.prepareFailed(bot.id, error)
      return undefined
    }
  }

  #seal({ key, nonce }: Pick<VerifiedCallback, 'key' | 'nonce'>, reply: Reply): StoredReply {
    const timestamp = Math.floor(this.clock.now() / 1000)
    return {
      reply,
      body: JSON.stringify(sealReply(key, JSON.stringify(reply), { timestamp, nonce })),
    }
  }

  #tell({ bot, inbound }: Arrived): void {
    if (inbound.kind === 'unknown') this.log.unknownKind(bot.id, inbound.type)
    if (inbound.kind === 'feedback') {
      this.log.feedback(bot.id, inbound.type)
      this.metrics.feedback(bot.id, inbound.type)
    }
  }

  #chatKey(botId: string, group: string | undefined, who: string): Promise<string> {
    const chat = group === undefined ? ['single', who] : ['group', group]
    return this.pepper.hash('bot_chat', botId, ...chat)
  }
}

/**
 * A bot of a corp's own is told no corpid (WeCom 101027), so one that is there is another's, unless it is the app's, letter
 * by letter: encrypted corpids differ by case. A userid says who somebody is within one corp only.
 */
const strangerIn = ({ aibotid, app }: Bot, read: Read): Cause | undefined => {
  if (read.corpid !== undefined && read.corpid !== app.corpid) return 'corpid'
  const isOther = aibotid !== undefined && read.aibotid !== undefined && read.aibotid !== aibotid
  return isOther ? 'aibotid' : undefined
}

/** Authentic, and yet no callback of any form that is documented. */
const MALFORMED: Inbound = { kind: 'unknown', type: 'malformed', msgid: '', userid: '' }

/** A poll only reads, and nothing says that its msgid is its own. */
const messageKeyOf = (botId: string, { kind, msgid }: Inbound): string | null =>
  kind === 'poll' || msgid === '' ? null : sha256(JSON.stringify([botId, msgid]), 'base64url')

const same = (kept: StoredReply | null): Handled => ({
  body: kept?.body ?? null,
  outcome: 'repeated',
})
const repeated = (handled: Handled | Refused): Handled | Refused =>
  'refused' in handled ? handled : { ...handled, outcome: 'repeated' }
