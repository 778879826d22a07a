import { Injectable } from '@nestjs/common'
import { Bots } from './registry/bots.service.js'
import { BotCallbackRepository } from './storage/bot-callback.repository.js'

export interface BotHealthView {
  readonly bot: string
  /** The bot's app. */
  readonly app: string
  /** Time of the last authentic callback, milliseconds UTC; null: none within two days. */
  readonly lastCallbackAt: number | null
}

/** The state of the bots, for administrators. Every process shows the same. */
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
