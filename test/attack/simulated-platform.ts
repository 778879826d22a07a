import type { AppConfig } from '../../apps/bff/src/core/config/config.js'
import { LoginRejected } from '../../apps/bff/src/platforms/calls/platform-error.js'
import type { ExchangedCode } from '../../apps/bff/src/platforms/registry/platform.js'
import { FakePlatform } from '../../apps/bff/test/kit/fake-platform.js'
import type { Client } from '../../packages/simulator/src/contract.js'
import { CLIENT_APIS } from '../../packages/simulator/src/operations/client-apis.js'
import type { World } from '../../packages/simulator/src/world/world.js'

export const MINI_PROGRAM = 'wx0000000000000001'

/** The simulated platform as the BFF's port sees it, without HTTP between them. The world may be exchanged. */
export class SimulatedPlatform extends FakePlatform {
  constructor(
    override readonly platform: Client,
    public world: World,
  ) {
    super(platform)
  }

  /** Between the platform's answer to an exchange and our taking the key. */
  afterExchange: (sessionKey: string) => Promise<void> = async () => {}

  override async exchangeCode(_app: AppConfig, code: string): Promise<ExchangedCode> {
    const found = this.world.sessions.findCode(this.platform, code)
    if (typeof found === 'string') throw new LoginRejected(40029)
    const { key } = this.world.sessions.exchange(found)
    await this.afterExchange(key)
    return { viewerKey: this.platformIdOf(found.person), sessionKey: key }
  }

  override async declare(_app: AppConfig, sharer: { viewerKey: string }): Promise<string> {
    if (this.platform === 'wecom') {
      return this.world.bytes(32).toString('base64url')
    }
    const person = this.world.people.personOf(MINI_PROGRAM, { openid: sharer.viewerKey })
    return this.world.activities.create(MINI_PROGRAM, person ?? null).id
  }

  /** openid or userid. */
  platformIdOf(person: string): string {
    return this.platform === 'wechat'
      ? this.world.people.wechatIdentity(MINI_PROGRAM, person).openid
      : (this.world.people.get(person).wecomUserid ?? '')
  }

  /** What a mini-program on this phone gets from `wx.<api>` or `wx.qy.<api>`. */
  ask(phoneId: string, api: string, args: Record<string, unknown> = {}) {
    const operation = CLIENT_APIS.get(this.platform === 'wecom' ? `qy.${api}` : api)
    if (!operation) throw new Error(api)
    const phone = this.world.phones.get(phoneId)
    return operation(this.world, { phone, page: 'p#1', args })
  }

  /** A login code, as a phone obtains one. */
  code(phoneId: string): string {
    return String((this.ask(phoneId, 'login').res as { code?: unknown }).code)
  }
}
