import type { Client } from '../contract.js'
import type { WorldCore } from './core.js'
import type { CodeRecord, PhoneRecord, SessionRecord } from './records.js'
import { lookup } from './lookup.js'
import { MAGIC } from './magic.js'

/** W12, Q8: a code lives 5 minutes and is used once. */
export const CODE_LIFETIME_MS = 5 * 60_000

/** Login codes and session keys, one live session per client, mini-program and person (W6). */
export class Sessions {
  /** Lives in which the key of `MAGIC.rotatedPerson` has rotated. */
  readonly #rotated = new Set<string>()

  constructor(private readonly core: WorldCore) {}

  /** The live session, or null. */
  get(client: Client, app: string, person: string): SessionRecord | null {
    const session = lookup(this.core.state.sessions, key(client, app, person))
    return session && session.expiresAt > this.core.now() ? session : null
  }

  /** The session that a proof is sealed for. That of `MAGIC.rotatedPerson` has just got another key, once in a life. */
  forProof(client: Client, phone: PhoneRecord, live: SessionRecord): SessionRecord {
    const life = `${client} ${phone.id} ${phone.life}`
    const rotates = phone.person === MAGIC.rotatedPerson && !this.#rotated.has(life)
    if (rotates) this.#rotated.add(life)
    const session = rotates ? this.rotate(client, phone.miniProgram, phone.person) : live
    this.use(client, session)
    return session
  }

  /** The life of a session is extended by use (W12). */
  use(client: Client, session: SessionRecord): void {
    session.expiresAt = this.core.now() + this.core.state.settings[client].sessionLifetimeMs
    this.core.changed()
  }

  /**
   * W11: wx.login may rotate the key, not more often than a minimum interval, and the old key dies at once.
   * Q8: qy.login only prepares a new key; it becomes valid when the server exchanged the code.
   */
  login(client: Client, phone: PhoneRecord): string {
    const { miniProgram: app, person } = phone
    const live = this.get(client, app, person)
    const rotates = live === null || this.#shouldRotate(client, live)
    let pendingKey: string | null = null
    if (client === 'wecom') {
      if (rotates) pendingKey = this.core.sessionKey()
    } else {
      const session = rotates ? this.#replace(client, app, person) : live
      this.use(client, session)
      phone.lastKey.wechat = session.key
    }
    const code = `${client === 'wecom' ? '' : '0'}${this.core.token(client === 'wecom' ? 43 : 31)}`
    this.#forgetOldCodes()
    this.core.state.codes[code] = {
      client,
      app,
      person,
      phone: phone.id,
      issuedAt: this.core.now(),
      usedAt: null,
      pendingKey,
    }
    this.core.changed()
    return code
  }

  /** What a code is worth now; using it up is a second step, for the checks in between. */
  findCode(client: Client, code: string): 'unknown' | 'expired' | 'used' | CodeRecord {
    const record = lookup(this.core.state.codes, code)
    if (!record || record.client !== client) return 'unknown'
    if (this.core.now() - record.issuedAt >= CODE_LIFETIME_MS) return 'expired'
    return record.usedAt === null ? record : 'used'
  }

  /** Uses the code up and answers the session that holds from now on. */
  exchange(code: CodeRecord): SessionRecord {
    const { client, app, person } = code
    code.usedAt = this.core.now()
    const session = this.#replaceOrKeep(code)
    this.use(client, session)
    const phone = this.core.state.phones[code.phone]
    if (client === 'wecom' && phone?.person === person && phone.miniProgram === app) {
      phone.lastKey.wecom = session.key
    }
    return session
  }

  /** As another device's login would, between this phone's login and its proof. */
  rotate(client: Client, app: string, person: string): SessionRecord {
    const session = this.#replace(client, app, person)
    this.core.changed()
    return session
  }

  /** W7: the old key dies, the new one inherits its expiry. */
  reset(app: string, person: string): SessionRecord | null {
    const live = this.get('wechat', app, person)
    if (!live) return null
    const session = this.#replace('wechat', app, person)
    session.expiresAt = live.expiresAt
    this.core.changed()
    return session
  }

  end(client: Client, app: string, person: string): void {
    delete this.core.state.sessions[key(client, app, person)]
    this.core.changed()
  }

  #replaceOrKeep({ client, app, person, pendingKey }: CodeRecord): SessionRecord {
    const live = this.get(client, app, person)
    if (pendingKey === null && live) return live
    return this.#replace(client, app, person, pendingKey ?? undefined)
  }

  #shouldRotate(client: Client, session: SessionRecord): boolean {
    const { loginRotation, loginRotationIntervalMs } = this.core.state.settings[client]
    if (loginRotation !== 'interval') return loginRotation === 'always'
    return this.core.now() - session.since >= loginRotationIntervalMs
  }

  #replace(client: Client, app: string, person: string, sessionKey?: string): SessionRecord {
    const now = this.core.now()
    const session = {
      key: sessionKey ?? this.core.sessionKey(),
      since: now,
      expiresAt: now + this.core.state.settings[client].sessionLifetimeMs,
    }
    this.core.state.sessions[key(client, app, person)] = session
    return session
  }

  #forgetOldCodes(): void {
    const before = this.core.now() - 2 * CODE_LIFETIME_MS
    for (const [code, record] of Object.entries(this.core.state.codes)) {
      if (record.issuedAt < before) delete this.core.state.codes[code]
    }
  }
}

const key = (client: Client, app: string, person: string): string => `${client} ${app} ${person}`
