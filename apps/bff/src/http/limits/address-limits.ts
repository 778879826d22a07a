import { Inject, Injectable } from '@nestjs/common'
import { FixedWindow } from './fixed-window.js'
import { CONFIG, type Config } from '../../core/config/config.js'
import { ApiError } from '../../core/errors/api-error.js'
import { addressKey } from '../../core/net/address.js'
import { CLOCK, type Clock } from '../../core/ports/clock.js'
import { MINUTE } from '../../core/time.js'

/** What is longer costs more than to answer it. */
const BYTES_OF_A_REQUEST = 4096

/** Limits per address, counted by each process for itself: they shed floods; what protects cards is per person. */
@Injectable()
export class AddressLimits {
  readonly #requests: FixedWindow
  readonly #logins: FixedWindow

  constructor(@Inject(CONFIG) { limits }: Config, @Inject(CLOCK) clock: Clock) {
    this.#requests = new FixedWindow(clock, limits.requestsPerAddressPerSecond, 1000)
    this.#logins = new FixedWindow(clock, limits.loginsPerAddressPerMinute, MINUTE)
  }

  /** @param bytes of the body: each 4 kB beyond the first count as a request more @throws ApiError ERR_RATE_LIMITED */
  request(ip: string, bytes = 0): void {
    this.#take(this.#requests, ip, 1 + Math.floor(bytes / BYTES_OF_A_REQUEST))
  }

  /**
   * Call it before the platform is asked, so that those at once count, too.
   * @returns what to call when the platform gave no answer @throws ApiError ERR_RATE_LIMITED
   */
  login(ip: string): () => void {
    this.#take(this.#logins, ip)
    return () => {
      this.noLogin(ip)
    }
  }

  /** For a login of two requests: the platform gave no answer to what the first one counted. */
  noLogin(ip: string): void {
    this.#logins.giveBack(addressKey(ip))
  }

  #take(window: FixedWindow, ip: string, amount = 1): void {
    const retryAfter = window.take(addressKey(ip), amount)
    if (retryAfter > 0) throw new ApiError('ERR_RATE_LIMITED', { retryAfter })
  }
}
