import type { SendInput } from '../server/bot-input.js'
import type { BotView } from '../server/bot-routes.js'
import type { Complaint, Exchange } from '../world/bot-types.js'

type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>

export interface BotCheck {
  ms: number | null
  status: number | null
  complaints: Complaint[]
}

/** One bot of the simulated corp. A fault of the bot is in `complaints`; nothing is thrown for it. */
export class BotClient {
  constructor(
    readonly id: string,
    private readonly call: Call,
  ) {}

  view(): Promise<BotView> {
    return this.call('GET', `/bots/${this.id}`)
  }
  remove(): Promise<unknown> {
    return this.call('DELETE', `/bots/${this.id}`)
  }
  verify(): Promise<BotCheck> {
    return this.call('POST', `/bots/${this.id}/verify`, {})
  }
  /** `send({kind: 'text', from: 'lin', text: '帮助'})`; `from` is a person of the world. null: the platform sends nothing. */
  async send(what: SendInput): Promise<Exchange | null> {
    const path = `/bots/${this.id}/sends`
    return (await this.call<{ exchange: Exchange | null }>('POST', path, what)).exchange
  }
  /** What happened, oldest first. */
  async exchanges(): Promise<Exchange[]> {
    const path = `/bots/${this.id}/exchanges`
    return (await this.call<{ exchanges: Exchange[] }>('GET', path)).exchanges
  }
  async refreshStream(stream: string): Promise<Exchange | null> {
    const path = `/bots/${this.id}/streams/${encodeURIComponent(stream)}/refresh`
    return (await this.call<{ exchange: Exchange | null }>('POST', path, {})).exchange
  }
}
