import { Injectable } from '@nestjs/common'
import { Bots } from './registry/bots.service.js'
import { BotCallbackRepository } from './storage/bot-callback.repository.js'

export interface BotHealthView {
  readonly bot: string
  /** The bot's app. */
  readonly app: string
  /** When it was last called with something authentic, milliseconds UTC; null: not within two days. */
  readonly lastCallbackAt: number | null
}

/** How the bots do, for administrators; the same in every process. */
@Injectable()
export class BotHealth {
  constructor(
    private readonly bots: Bots,
    private readonly callbacks: BotCallbackRepository,
  ) {}

  snapshot(): Promise<BotHealthView[]> {
    return Promise.all(
      this.bots.all().map(async ({ id, app }) => ({
        bot: id,
        app: app.id,
        lastCallbackAt: (await this.callbacks.lastAt(id)) ?? null,
      })),
    )
  }
}
