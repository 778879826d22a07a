import { Injectable } from '@nestjs/common'
import { PinoLogger } from 'nestjs-pino'
import { withoutValues } from '../../observability/request-log.js'
import type { PlatformError, PlatformUnreachable } from '../../platforms/calls/platform-error.js'
import type { Cause } from './cause.js'

/** Logs kinds, our own ids, and errors without their values. Never logs a text from a chat. */
@Injectable()
export class BotLog {
  constructor(private readonly logger: PinoLogger) {
    logger.setContext('bots')
  }

  /** @param type the platform's name for it, reduced to letters */
  unknownKind(bot: string, type: string): void {
    this.logger.warn({ bot, type }, 'an unknown kind of callback')
  }

  /**
   * @param bot undefined: not configured
   * @param seconds of `time`: behind our clock; negative: ahead
   * @param others refusals since the last line of this bot and cause
   */
  refused(
    bot: string | undefined,
    cause: Cause,
    seconds: number | undefined,
    others: number,
  ): void {
    this.logger.warn({ bot, cause, seconds, others }, 'a callback was refused')
  }

  refusalsFailed(error: unknown): void {
    this.logger.error({ err: withoutValues(error) }, 'refused callbacks could not be counted')
  }

  /** @param type 1 accurate, 2 inaccurate, 3 withdrawn */
  feedback(bot: string, type: number): void {
    this.logger.info({ bot, type }, 'feedback')
  }

  jobFailed(bot: string, job: string, attempt: number, error: unknown): void {
    this.logger.error({ bot, job, attempt, err: withoutValues(error) }, 'a job failed')
  }

  prepareFailed(bot: string, error: unknown): void {
    this.logger.error(
      { bot, err: withoutValues(error) },
      'a command failed; the outbox tries again',
    )
  }

  laterFailed(bot: string, error: unknown): void {
    this.logger.warn({ bot, err: withoutValues(error) }, 'a later answer did not arrive')
  }

  /** @param outcome what happens to the message. The platform's text may contain a userid, so the log leaves it out. */
  messageFailed(bot: string, outcome: 'refused' | 'retried', error: unknown): void {
    const { operation, errcode, reason } = error as Partial<PlatformError & PlatformUnreachable>
    const err = withoutValues(error)
    this.logger.warn({ bot, outcome, operation, errcode, reason, err }, 'an app message')
  }

  /** The same of a subscription message: the platform's text may contain an openid. */
  subscriptionFailed(app: string, event: string, outcome: string, error: unknown): void {
    const { operation, errcode, reason } = error as Partial<PlatformError & PlatformUnreachable>
    const err = withoutValues(error)
    const fields = { app, event, outcome, operation, errcode, reason, err }
    this.logger.warn(fields, 'a subscription message')
  }

  noticesFailed(error: unknown): void {
    this.logger.error({ err: withoutValues(error) }, 'notices could not be sent')
  }

  sweepFailed(error: unknown): void {
    this.logger.error({ err: withoutValues(error) }, 'the outbox failed')
  }
}
