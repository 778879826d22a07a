import { startBotServer, type BotServer } from '../adapters/bot-server.js'
import { callbackNetwork } from '../adapters/fetch-network.js'
import { systemClock, systemRandom, systemTimer } from '../adapters/system.js'
import { WECOM_ERRORS } from '../wecom-errors.js'
import {
  defaultBotSettings,
  emptyBotState,
  type BotConfig,
  type BotSettings,
  type BotState,
} from '../world/bot-types.js'
import { takeActiveReply, type ActiveAnswer } from './active-reply.js'
import { BotPlatform } from './bot-platform.js'
import type { BotPorts } from './delivery.js'
import { MediaStore } from './media-store.js'

export interface BotOptions extends Partial<BotConfig>, Partial<BotPorts> {
  url: string
  token: string
  encodingAesKey: string
  settings?: Partial<BotSettings>
}

export const NO_SUCH_CODE: ActiveAnswer = {
  errcode: 60_140,
  errmsg: WECOM_ERRORS[60_140] ?? 'invalid response_code',
}

/** A bot's platform without a simulator around it. Its little server for response_url and media starts with the first message. */
export class OwnBot extends BotPlatform {
  readonly #started: () => Promise<BotServer> | null

  constructor(options: BotOptions) {
    const state: BotState = emptyBotState()
    const { clock = systemClock, random = systemRandom } = options
    const { timer = systemTimer, network = callbackNetwork } = options
    const settings = { ...defaultBotSettings(), ...options.settings }
    const config: BotConfig = {
      url: options.url,
      token: options.token,
      encodingAesKey: options.encodingAesKey,
      receiveId: options.receiveId ?? '',
      aibotid: options.aibotid ?? 'AIBOT0000000000001',
      name: options.name ?? '封笺助手',
    }
    const media = new MediaStore(clock, random)
    let server: Promise<BotServer> | null = null
    super({
      config: () => config,
      state: () => state,
      settings: () => settings,
      ports: { clock, random, timer, network },
      media,
      changed: () => undefined,
      origin: async () => {
        server ??= startBotServer({
          media: (code) => media.get(code),
          respond: (code, body) =>
            takeActiveReply(state, code, body, {
              now: clock.now(),
              usedErrCode: settings.usedResponseErrCode,
            }) ?? NO_SUCH_CODE,
        })
        return (await server).origin
      },
    })
    this.#started = () => server
  }

  async close(): Promise<void> {
    await (await this.#started())?.close()
  }
}

/** `const bot = botPlatform({url, token, encodingAesKey}); await bot.sendText({from: 'zhangsan', text: '帮助'})` */
export const botPlatform = (options: BotOptions): OwnBot => new OwnBot(options)
