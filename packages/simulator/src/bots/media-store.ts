import { sealMedia } from '../crypto/callback.js'
import type { Clock, Random } from '../ports.js'
import { MEDIA_MS } from '../world/bot-types.js'

/** Q28: encrypted files behind URLs that live five minutes. In memory, because they are not needed longer. */
export class MediaStore {
  readonly #files = new Map<string, { sealed: Buffer; until: number }>()

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** @returns what ends the URL. */
  put(encodingAesKey: string, bytes: Buffer): string {
    const now = this.clock.now()
    for (const [code, { until }] of this.#files) if (until <= now) this.#files.delete(code)
    const code = this.random.bytes(16).toString('hex')
    this.#files.set(code, { sealed: sealMedia(encodingAesKey, bytes), until: now + MEDIA_MS })
    return code
  }

  get(code: string): Buffer | null {
    const file = this.#files.get(code)
    return file && file.until > this.clock.now() ? file.sealed : null
  }
}
