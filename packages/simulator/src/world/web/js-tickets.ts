import type { WorldCore } from '../core.js'
import { lookup } from '../lookup.js'
import type { JsTicketRecord } from '../records.js'

/** Q3. */
const TICKET_LIFETIME_MS = 7_200_000
const HOUR = 3_600_000

type Kind = JsTicketRecord['kind']

/** jsapi_tickets: a corp's sign `config`, an application's sign `agentConfig` and are the key of proofs. */
export class JsTickets {
  readonly #core: WorldCore

  constructor(core: WorldCore) {
    this.#core = core
  }

  /**
   * Whether a call is within its limit, counted by clock hours; the call counts.
   *
   * @param limit Q3: 400 an hour for a corp, 100 for an app.
   */
  claimCall(kind: Kind, name: string, limit: number): boolean {
    const { calls } = this.#core.state.web
    const key = `${kind} ${name}`
    const hour = Math.floor(this.#core.now() / HOUR)
    const known = lookup(calls, key)
    const count = (known?.hour === hour ? known.count : 0) + 1
    if (count > limit) return false
    calls[key] = { hour, count }
    this.#core.changed()
    return true
  }

  /** The live ticket again, or a new one beside it: setting wecom.h5TicketSameInsideLife. */
  give(kind: Kind, app: string): { ticket: string; expiresIn: number } {
    const latest = this.latest(kind, app)
    const repeats = this.#core.state.settings.wecom.h5TicketSameInsideLife
    const now = this.#core.now()
    if (latest && repeats) {
      return { ticket: latest.ticket, expiresIn: Math.floor((latest.expiresAt - now) / 1000) }
    }
    return { ticket: this.#issue(kind, app), expiresIn: TICKET_LIFETIME_MS / 1000 }
  }

  /** As after its life: the next call gives another one. */
  renew(kind: Kind, app: string): void {
    for (const record of Object.values(this.#core.state.web.tickets)) {
      if (record.kind === kind && record.app === app) record.expiresAt = this.#core.now()
    }
    this.#core.changed()
  }

  /** SIM: a replaced ticket signs until it expires. */
  live(kind: Kind, app: string): string[] {
    const now = this.#core.now()
    return Object.entries(this.#core.state.web.tickets)
      .filter(([, record]) => record.kind === kind && record.app === app && record.expiresAt > now)
      .map(([ticket]) => ticket)
  }

  latest(kind: Kind, app: string): { ticket: string; expiresAt: number } | null {
    const ticket = this.live(kind, app).at(-1)
    const record = ticket === undefined ? undefined : this.#core.state.web.tickets[ticket]
    return ticket === undefined || !record ? null : { ticket, expiresAt: record.expiresAt }
  }

  /** 86 letters of base64url, 64 bytes, as both samples of Q3. */
  #issue(kind: Kind, app: string): string {
    const now = this.#core.now()
    const { tickets } = this.#core.state.web
    for (const [ticket, { expiresAt }] of Object.entries(tickets)) {
      if (expiresAt < now - 24 * HOUR) delete tickets[ticket]
    }
    const ticket = this.#core.bytes(64).toString('base64url')
    tickets[ticket] = { kind, app, issuedAt: now, expiresAt: now + TICKET_LIFETIME_MS }
    this.#core.changed()
    return ticket
  }
}
