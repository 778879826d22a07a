import { ManualClock, SeededRandom } from '../../src/adapters/manual.js'
import { BotReplyFault } from '../../src/bots/fault.js'
import { botPlatform, type BotOptions, type OwnBot } from '../../src/bots/own-bot.js'
import type { Timer } from '../../src/ports.js'
import { BOT_KEYS, FakeBot } from './fake-bot.js'

/** A fake bot server and the platform that talks to it, with time in the test's hand. */
export class BotBench {
  readonly clock = new ManualClock()
  /** Waits for refreshes pass at once; limits (1 s, 5 s) only when the test lets them. */
  readonly waits: number[] = []
  #limits: (() => void)[] = []
  readonly #opened: OwnBot[] = []

  private constructor(readonly server: FakeBot) {}

  static async start(): Promise<BotBench> {
    return new BotBench(await new FakeBot().start())
  }

  readonly timer: Timer = {
    wait: (ms) => {
      this.waits.push(ms)
      if (ms === 1000 || ms === 5000) return new Promise((resolve) => this.#limits.push(resolve))
      this.clock.advance(ms)
      return Promise.resolve()
    },
  }

  open(more: Partial<BotOptions> = {}): OwnBot {
    const bot = botPlatform({
      ...BOT_KEYS,
      url: this.server.url,
      clock: this.clock,
      random: new SeededRandom(),
      timer: this.timer,
      settings: { pollEveryMs: 100 },
      ...more,
    })
    this.#opened.push(bot)
    return bot
  }

  /** Every limit that is running is over. */
  expire(): void {
    for (const over of this.#limits.splice(0)) over()
  }

  async close(): Promise<void> {
    this.expire()
    for (const bot of this.#opened) await bot.close()
    await this.server.close()
  }
}

export const faultOf = async (sent: Promise<unknown>): Promise<BotReplyFault> => {
  const error = await sent.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof BotReplyFault)) throw new Error(`no fault: ${String(error)}`)
  return error
}
