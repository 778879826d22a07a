import type { WorldCore } from '../core.js'
import { lookup } from '../lookup.js'
import type { WebCodeRecord } from '../records.js'

/** Q17: a code lives 5 minutes and is used once. */
export const WEB_CODE_LIFETIME_MS = 5 * 60_000

/** OAuth codes of web pages. */
export class WebCodes {
  readonly #core: WorldCore

  constructor(core: WorldCore) {
    this.#core = core
  }

  issue(code: Pick<WebCodeRecord, 'app' | 'person' | 'host'>): string {
    const now = this.#core.now()
    const { codes } = this.#core.state.web
    for (const [old, { issuedAt }] of Object.entries(codes)) {
      if (issuedAt < now - 2 * WEB_CODE_LIFETIME_MS) delete codes[old]
    }
    const text = this.#core.token(43)
    codes[text] = { ...code, issuedAt: now, usedAt: null }
    this.#core.changed()
    return text
  }

  /** The code, if it can be used now. Using it up is a second step, for the checks in between. */
  find(code: string): WebCodeRecord | null {
    const record = lookup(this.#core.state.web.codes, code)
    if (!record || record.usedAt !== null) return null
    return this.#core.now() - record.issuedAt < WEB_CODE_LIFETIME_MS ? record : null
  }

  use(code: WebCodeRecord): void {
    code.usedAt = this.#core.now()
    this.#core.changed()
  }
}
