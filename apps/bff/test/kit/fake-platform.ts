import { createHash } from 'node:crypto'
import type { AppConfig, PlatformName } from '../../src/core/config/config.js'
import { LoginRejected, PlatformUnreachable } from '../../src/platforms/calls/platform-error.js'
import { PLATFORMS } from '../../src/platforms/all-platforms.js'
import type {
  ExchangedCode,
  OpenedProof,
  PlatformClient,
  Proof,
} from '../../src/platforms/registry/platform.js'
import { Platforms } from '../../src/platforms/registry/platforms.js'
import type { TicketKind, WebClient } from '../../src/platforms/registry/web-platform.js'

const real = new Platforms(PLATFORMS)

/** The calls for web pages, answered in memory. A code is `<viewerKey>`, or `outsider`; each is good once. */
export class FakeWebPlatform implements WebClient {
  down = false
  /** Of the tickets: each has its own. */
  generation = 1
  readonly #used = new Set<string>()

  ticket(kind: TicketKind, app: AppConfig | { id: string }, generation = this.generation): string {
    const text = `${kind} ${app.id} ${generation}`
    // As long as the real ones: 64 bytes.
    return createHash('sha512').update(text).digest('base64url')
  }

  async fetchTicket(app: AppConfig, kind: TicketKind) {
    if (this.down) throw new PlatformUnreachable('ticket/get', 'timeout')
    return { token: this.ticket(kind, app), expiresIn: 7200 }
  }

  async exchangeCode(_app: AppConfig, code: string): Promise<string | null> {
    if (this.down) throw new PlatformUnreachable('auth/getuserinfo', 'timeout')
    if (this.#used.has(code) || !/^\w+(~\d+)?$/.test(code)) throw new LoginRejected(40029)
    this.#used.add(code)
    const [person = ''] = code.split('~')
    return person === 'outsider' ? null : person
  }
}

/** A platform's calls, answered in memory. A login code is `<viewerKey>|<session key>`. */
export class FakePlatform implements PlatformClient {
  down = false
  /** The directory, by viewerKey. Everybody else has no name. */
  readonly names = new Map<string, string>()
  namesAsked = 0
  /** Called before a name is answered. */
  onName: () => Promise<void> = async () => {}
  declared = 0
  readonly web = new FakeWebPlatform()
  /** Called before a declaration is answered. */
  onDeclare: () => Promise<void> = async () => {}

  constructor(readonly platform: PlatformName) {}

  async exchangeCode(_app: AppConfig, code: string): Promise<ExchangedCode> {
    if (this.down) throw new PlatformUnreachable('jscode2session', 'refused')
    const [viewerKey, sessionKey] = code.split('|')
    if (!viewerKey || !sessionKey) throw new LoginRejected(40029)
    return { viewerKey, sessionKey }
  }

  async declare(app: AppConfig, sharer: { viewerKey: string }): Promise<string> {
    if (this.down) throw new PlatformUnreachable('createActivityId', 'timeout')
    this.declared += 1
    await this.onDeclare()
    const random = createHash('sha512')
      .update(`${app.id} ${sharer.viewerKey} ${this.declared}`)
      .digest('base64url')
    // As long as the real ones: 85 characters, and 32 bytes of ours.
    return this.platform === 'wechat' ? `1151_${random.slice(0, 80)}` : random.slice(0, 43)
  }

  async nameOf(_app: AppConfig, viewerKey: string): Promise<string | null> {
    this.namesAsked += 1
    await this.onName()
    return this.names.get(viewerKey) ?? null
  }

  /** By the real adapter. */
  openProof(sessionKey: string, proof: Proof): OpenedProof {
    return real.named(this.platform).openProof(sessionKey, proof)
  }
}
