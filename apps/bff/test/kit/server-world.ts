import { Secret } from '../../src/core/config/secret.js'
import type { Config } from '../../src/core/config/config.js'
import { DAY } from '../../src/core/time.js'
import { IN_MEMORY, testConfig, WECHAT, WECOM } from './config.js'
import { key, wechatProof } from './proofs.js'
import { type Answer, TestApp } from './test-app.js'

export const ADMIN_TOKEN = 'own-token-of-the-configuration-000000000'

/** Of both platforms one app whose logins the adopter's back-end exchanges, and one whose logins the service exchanges. */
const apps = testConfig('').apps.map((app) =>
  app.id === WECHAT || app.id === WECOM ? { ...app, login: 'server' as const } : app,
)

export const SERVER_CONFIG: Partial<Config> = {
  ...IN_MEMORY,
  apps,
  adminToken: new Secret(ADMIN_TOKEN),
}

/** An adopter's back-end, and people whose logins it hands over. */
export class ServerWorld {
  private constructor(
    readonly app: TestApp,
    readonly token: string,
  ) {}

  static async start(change: Partial<Config> = {}): Promise<ServerWorld> {
    return ServerWorld.over(await TestApp.start({ ...SERVER_CONFIG, ...change }))
  }

  static async over(app: TestApp, of = WECHAT): Promise<ServerWorld> {
    return new ServerWorld(app, await serverToken(app, of))
  }

  /** The same back-end, with a token for another app. */
  of(appId: string): Promise<ServerWorld> {
    return ServerWorld.over(this.app, appId)
  }

  call(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
    return this.app.call(method, `/v1/server${path}`, {
      token: this.token,
      ...(body !== undefined && { body }),
      ...(headers && { headers }),
    })
  }

  /** @returns the bearer token of a person whose session key is `key(keyName)` */
  async login(platformId: string, keyName = platformId): Promise<string> {
    const answer = await this.call('POST', '/sessions', { platformId, sessionKey: key(keyName) })
    if (answer.status !== 201) throw new Error(answer.text)
    return answer.body.token
  }

  /** A card for `alice`, and a share of it. */
  async shared(card: object = { reference: 'order/1' }) {
    const made = await this.call('POST', '/cards', { owner: 'alice', title: 'Order 1', ...card })
    if (made.status !== 201) throw new Error(made.text)
    const share = await this.call('POST', `/cards/${made.body.id}/shares`, {})
    if (share.status !== 201) throw new Error(share.text)
    const declared: string = share.body.declare.activityId
    return { cardId: made.body.id as string, shareId: share.body.id as string, declared }
  }

  open(
    token: string,
    { shareId, declared }: { readonly shareId: string; readonly declared: string },
    person: string,
    nonce = 'iv',
  ): Promise<Answer> {
    return this.app.open(token, shareId, wechatProof(key(person), declared, nonce))
  }
}

/** Made as an administrator makes it. */
export const serverToken = async (app: TestApp, appId: string): Promise<string> => {
  const expiresAt = new Date(app.clock.now() + 300 * DAY).toISOString()
  const body = { name: 'shop', role: 'server', app: appId, expiresAt }
  const made = await app.call('POST', '/v1/admin/tokens', { token: ADMIN_TOKEN, body })
  if (made.status !== 201) throw new Error(made.text)
  return made.body.token
}
