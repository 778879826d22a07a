import type { ErrorCode } from '@sealcard/protocol'
import type { ManualClock } from '@sealcard/testing'
import { Vault } from '../../apps/bff/src/core/crypto/vault.js'
import type { Principal } from '../../apps/bff/src/http/access/principals.js'
import {
  type Keys,
  PreviousKeys,
  rotate,
  ViewerKeysEntity,
  withoutExpired,
} from '../../apps/bff/src/members/sessions/viewer-keys.js'
import type { Proof } from '../../apps/bff/src/platforms/registry/platform.js'
import { Members } from '../../apps/bff/test/kit/members.js'
import type { TestApp } from '../../apps/bff/test/kit/test-app.js'
import type { SimulatedPlatform } from './simulated-platform.js'

type Pause = () => Promise<void>

/** What a schedule needs of the service, for one person (bob) and one sharer (ann). */
export interface RotationServer {
  /** Ann's share, and what her phone declares it with. */
  share(code: string): Promise<{ shareId: string; declare: Record<string, unknown> }>
  /** Bob's login. @param pause between the platform's answer and ours @param took hears the key as it is stored */
  exchange(code: string, pause: Pause, took: (key: string) => void): Promise<string>
  open(token: string, shareId: string, proof: Proof): Promise<ErrorCode | 'granted'>
  /** What the job does. */
  erase(): Promise<void>
  /** Bob's keys as they are stored, counting or not. */
  stored(): Promise<{ current: string | null; previous: string | null }>
  /** The next schedule is about other people. */
  forget(): void
}

const declared = (value: string, wechat: boolean) =>
  wechat
    ? { withShareTicket: true, isPrivateMessage: true, activityId: value }
    : { withShareTicket: true, state: value }

/** The rules for keys alone, with the real crypto and no database: the schedules by the thousand. */
export class KeyRules implements RotationServer {
  #keys: Keys | null = null
  #value = ''

  constructor(
    private readonly platform: SimulatedPlatform,
    private readonly clock: ManualClock,
  ) {}

  async share(code: string) {
    const { viewerKey } = await this.platform.exchangeCode({} as never, code)
    this.#value = await this.platform.declare({} as never, { viewerKey })
    const wechat = this.platform.platform === 'wechat'
    return { shareId: 'share', declare: declared(this.#value, wechat) }
  }

  async exchange(code: string, pause: Pause, took: (key: string) => void) {
    const { sessionKey } = await this.platform.exchangeCode({} as never, code)
    await pause()
    this.#keys = rotate(this.#keys, sessionKey, this.clock.now())
    took(sessionKey)
    return 'token'
  }

  async open(_token: string, _share: string, proof: Proof) {
    const keys = this.#keys && withoutExpired(this.#keys, this.clock.now())
    const fits = (key: string | null | undefined) => {
      try {
        return !!key && this.platform.openProof(key, proof).declared === this.#value
      } catch {
        return false
      }
    }
    return fits(keys?.current) || fits(keys?.previous) ? 'granted' : 'ERR_PROOF_REJECTED'
  }

  async erase() {
    this.#keys &&= withoutExpired(this.#keys, this.clock.now())
  }

  async stored() {
    return { current: this.#keys?.current ?? null, previous: this.#keys?.previous ?? null }
  }

  forget() {
    this.#keys = null
  }
}

/** Sessions, keys, openings and database as they are. */
export class RealService implements RotationServer {
  readonly #members: Members
  readonly #logins = new Map<string, Principal>()
  #bob: string | null = null

  constructor(
    private readonly app: TestApp,
    private readonly platform: SimulatedPlatform,
    private readonly appId: string,
  ) {
    this.#members = new Members(app)
  }

  async share(code: string) {
    const ann = await this.#members.principal(await this.#members.exchange(this.appId, code))
    const { share } = await this.#members.share(ann)
    const { declare } = share
    const value = declare.platform === 'wechat' ? declare.activityId : declare.state
    return { shareId: share.id, declare: declared(value, declare.platform === 'wechat') }
  }

  async exchange(code: string, pause: Pause, took: (key: string) => void) {
    let key = ''
    this.platform.afterExchange = async (sessionKey) => {
      this.platform.afterExchange = async () => {}
      await pause()
      key = sessionKey
    }
    // A login that the platform refuses never gets that far; the next one may be another person's.
    const token = await this.#members.exchange(this.appId, code).finally(() => {
      this.platform.afterExchange = async () => {}
    })
    took(key)
    const me = await this.#members.principal(token)
    this.#bob = me.viewerId
    this.#logins.set(token, me)
    return token
  }

  async open(token: string, shareId: string, proof: Proof) {
    const me = this.#logins.get(token)
    if (!me) return 'ERR_SESSION'
    return (await this.#members.open(me, shareId, proof)).code ?? 'granted'
  }

  async erase() {
    await this.app.nest.get(PreviousKeys, { strict: false }).erase()
  }

  async stored() {
    const viewerId = this.#bob
    const row = viewerId
      ? await this.app.storage.manager.findOneBy(ViewerKeysEntity, { viewerId })
      : null
    if (!viewerId || !row) return { current: null, previous: null }
    const vault = this.app.nest.get(Vault, { strict: false })
    const ref = (purpose: string) => ({ table: 'viewer_keys', row: viewerId, purpose })
    return {
      current: vault.unseal(ref('current_key'), row.currentKey),
      previous: row.previousKey && vault.unseal(ref('previous_key'), row.previousKey),
    }
  }

  forget() {
    this.#bob = null
    this.#logins.clear()
  }
}
