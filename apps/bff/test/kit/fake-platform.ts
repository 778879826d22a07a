import { createHash } from 'node:crypto'
import type { AppConfig } from '../../src/core/config/config.js'
import { LoginRejected, PlatformUnreachable } from '../../src/platforms/calls/platform-error.js'
import type {
  Declaration,
  ExchangedCode,
  OpenedProof,
  Platform,
  Proof,
} from '../../src/platforms/registry/platform.js'
import { WechatPlatform } from '../../src/platforms/wechat/wechat-platform.js'
import { WecomPlatform } from '../../src/platforms/wecom/wecom-platform.js'

const real = {
  wechat: new WechatPlatform(undefined as never, undefined as never),
  wecom: new WecomPlatform(undefined as never, undefined as never, undefined as never),
}

/** A platform in memory. Proofs are opened by the real adapter. A login code is `<viewerKey>|<session key>`. */
export class FakePlatform implements Platform {
  down = false
  declared = 0
  /** Called before a declaration is answered. */
  onDeclare: () => Promise<void> = async () => {}

  constructor(readonly platform: AppConfig['platform']) {}

  async exchangeCode(_app: AppConfig, code: string): Promise<ExchangedCode> {
    if (this.down) throw new PlatformUnreachable('jscode2session', 'refused')
    const [viewerKey, sessionKey] = code.split('|')
    if (!viewerKey || !sessionKey) throw new LoginRejected(40029)
    return { viewerKey, sessionKey }
  }

  async declare(app: AppConfig, sharer: { viewerKey: string }): Promise<Declaration> {
    if (this.down) throw new PlatformUnreachable('createActivityId', 'timeout')
    this.declared += 1
    await this.onDeclare()
    const random = createHash('sha512')
      .update(`${app.id} ${sharer.viewerKey} ${this.declared}`)
      .digest('base64url')
    // As long as the real ones: 85 characters, and 32 bytes of ours.
    return this.platform === 'wechat'
      ? { kind: 'wechat', activityId: `1151_${random.slice(0, 80)}` }
      : { kind: 'wecom', state: random.slice(0, 43) }
  }

  openProof(sessionKey: string, proof: Proof): OpenedProof {
    return real[this.platform].openProof(sessionKey, proof)
  }
}
