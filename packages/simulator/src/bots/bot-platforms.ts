import type { CallbackNetwork, Random, Timer } from '../ports.js'
import type { World } from '../world/world.js'
import { BotPlatform } from './bot-platform.js'
import { MediaStore } from './media-store.js'

/** The platforms of a world's bots; the world keeps what they remember. */
export class BotPlatforms {
  readonly #platforms = new Map<string, BotPlatform>()
  readonly #media: MediaStore

  constructor(
    private readonly world: World,
    private readonly ports: {
      timer: Timer
      callbacks: CallbackNetwork
      random: Random
      origin: () => string
    },
  ) {
    this.#media = new MediaStore({ now: () => world.now() }, ports.random)
  }

  mediaFile(code: string): Buffer | null {
    return this.#media.get(code)
  }

  /** Throws `not_found` for a bot that is not in the world (any more). */
  platform(id: string): BotPlatform {
    const { world, ports } = this
    const media = this.#media
    world.bots.get(id)
    const known = this.#platforms.get(id)
    if (known) return known
    const made = new BotPlatform({
      config: () => world.bots.get(id).config,
      state: () => world.bots.get(id).state,
      settings: () => {
        const { wecom } = world.settings
        return {
          usedResponseErrCode: wecom.botUsedResponseErrCode,
          retrySigns: wecom.botRetrySigns,
          pollEveryMs: wecom.botPollMs,
          messagesInFlight: wecom.botMessagesInFlight,
        }
      },
      ports: {
        clock: { now: () => world.now() },
        random: ports.random,
        timer: ports.timer,
        network: ports.callbacks,
      },
      media,
      origin: () => Promise.resolve(ports.origin()),
      changed: () => world.changed('bots', id),
    })
    this.#platforms.set(id, made)
    return made
  }
}
