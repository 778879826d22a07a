import { Inject, Injectable } from '@nestjs/common'
import { createCallbackKey, type CallbackConfig } from '@sealcard/crypto'
import {
  type AppConfig,
  type BotConfig,
  type BotNotices,
  type Config,
  CONFIG,
} from '../../core/config/config.js'
import { Apps, Platforms } from '../../platforms/registry/platforms.js'
import type { BotRules, Platform } from '../../platforms/registry/platform.js'

/** Lines in one answer or message. */
export const MOST_LINES = 5

/** Whether any notice is switched on. */
export const hasNoticesEnabled = ({ by: _, ...switches }: BotNotices): boolean =>
  Object.values(switches).some(Boolean)

export type BotKey = ReturnType<typeof createCallbackKey>

interface KeySet {
  readonly key: BotKey
  /** Milliseconds UTC. The verifier refuses the keys from then on. */
  readonly until: number
}

export type PlatformWithBots = Platform & { readonly bots: BotRules }

export interface Bot {
  readonly id: string
  readonly app: AppConfig
  readonly platform: PlatformWithBots
  readonly aibotid: string | undefined
  readonly miniProgramAppid: string | undefined
  readonly notices: BotNotices
  /** The current keys, then the previous ones during a change of keys. */
  readonly keySets: readonly [KeySet, ...KeySet[]]
}

const NO_NOTICES: BotNotices = {
  firstOpening: false,
  refusedAttempts: false,
  expiringTomorrow: false,
}

/** The configured bots. */
@Injectable()
export class Bots {
  readonly #bots: ReadonlyMap<string, Bot>

  constructor(@Inject(CONFIG) { bots }: Config, apps: Apps, platforms: Platforms) {
    this.#bots = new Map(
      bots.flatMap((config) => {
        const app = apps.find(config.app)
        const platform = app && platforms.of(app)
        // The configuration refuses bots of apps of another platform.
        if (!platform || !hasBots(platform)) return []
        return [[config.id, botOf(config, app, platform)] as const]
      }),
    )
  }

  find(id: string): Bot | undefined {
    return this.#bots.get(id)
  }

  /** Bots that send notices as app messages. Each app has at most one. */
  sending(): Bot[] {
    return this.all().filter(
      ({ notices }) => notices.by === 'app-message' && hasNoticesEnabled(notices),
    )
  }

  all(): Bot[] {
    return [...this.#bots.values()]
  }
}

const hasBots = (platform: Platform): platform is PlatformWithBots => platform.bots !== undefined

const botOf = (config: BotConfig, app: AppConfig, platform: PlatformWithBots): Bot => {
  const { id, aibotid, miniProgramAppid, notices = NO_NOTICES, previous, receiveId } = config
  const keyOf = ({ token, encodingAesKey }: Pick<BotConfig, 'token' | 'encodingAesKey'>): BotKey =>
    createCallbackKey({
      token: token.reveal(),
      encodingAesKey: encodingAesKey.reveal(),
      receiveId,
    } satisfies CallbackConfig)
  return {
    id,
    app,
    platform,
    aibotid,
    miniProgramAppid,
    notices,
    keySets: [
      { key: keyOf(config), until: Infinity },
      ...(previous ? [{ key: keyOf(previous), until: previous.until ?? Infinity }] : []),
    ],
  }
}
