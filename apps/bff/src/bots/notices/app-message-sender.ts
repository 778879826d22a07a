import { Injectable } from '@nestjs/common'
import { MessageRefused, PlatformError } from '../../platforms/calls/platform-error.js'
import { PlatformClients } from '../../platforms/registry/platforms.js'
import { BotLog } from '../registry/bot-log.js'
import type { Bot } from '../registry/bots.service.js'

/** `retried`: the platform may take the same message later. `refused`: it never will. */
export type SendOutcome = 'sent' | 'retried' | 'refused'

/** Sends a text as a message of the bot's app. */
@Injectable()
export class AppMessageSender {
  constructor(
    private readonly platforms: PlatformClients,
    private readonly log: BotLog,
  ) {}

  async send({ id, app }: Bot, userid: string, content: string): Promise<SendOutcome> {
    const bots = this.platforms.botsOf(app)
    try {
      await bots.sendMessage(app, userid, content)
      return 'sent'
    } catch (error) {
      // Everything but a refusal may pass. A message that did arrive is sent again unchanged: the platform drops it.
      const isFinal =
        error instanceof MessageRefused || (error instanceof PlatformError && !bots.mayPass(error))
      const outcome = isFinal ? 'refused' : 'retried'
      this.log.messageFailed(id, outcome, error)
      return outcome
    }
  }
}
