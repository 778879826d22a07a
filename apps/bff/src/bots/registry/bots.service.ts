import { Inject, Injectable } from '@nestjs/common'
import { createCallbackKey, type CallbackConfig } from '@sealcard/crypto'
import {
  type BotConfig,
  type BotNotices,
  type Config,
  CONFIG,
  type WecomAppConfig,
} from '../../core/config/config.js'
import { Apps } from '../../platforms/apps/apps.service.js'

/** Lines in one answer or message. */
export const MOST_LINES = 5

/** Whether any notice is switched on. */
export const hasNoticesEnabled = (notices: BotNotices): boolean =>
  notices.firstOpening || notices.refusedAttempts || notices.expiringTomorrow

export type BotKey = ReturnType<typeof createCallbackKey>

interface KeySet {
  readonly key: BotKey
  /** Milliseconds UTC. The verifier refuses the keys from then on. */
  readonly until: number
}

export interface Bot {
  readonly id: string
  readonly app: WecomAppConfig
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

  constructor(@Inject(CONFIG) { bots }: Config, apps: Apps) {
    this.#bots = new Map(
      bots.flatMap((config) => {
        const app = apps.find(config.app)
        // The configuration refuses bots of apps of another platform.
        return app?.platform === 'wecom' ? [[config.id, botOf(config, app)] as const] : []
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

const botOf = (config: BotConfig, app: WecomAppConfig): Bot => {
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
    aibotid,
    miniProgramAppid,
    notices,
    keySets: [
      { key: keyOf(config), until: Infinity },
      ...(previous ? [{ key: keyOf(previous), until: previous.until ?? Infinity }] : []),
    ],
  }
}
