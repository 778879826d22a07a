import { Inject, Injectable } from '@nestjs/common'
import { equal } from '@sealcard/crypto'
import { CLOCK, type Clock } from '../core/ports/clock.js'
import { RANDOM, type Random } from '../core/ports/random.js'
import { DAY } from '../core/time.js'
import { KeyedHash } from '../database/keyed-hash/keyed-hash.service.js'

export const DEVICE_DAYS = 90

/**
 * Device cookies (OWASP "Slow Down Online Guessing Attacks with Device Cookies"). A browser that logged in to an account
 * before has a counter of its own. So a stranger who keeps the account's name blocked does not keep its owner out. The
 * cookie is no session: its browser needs password and second factor, too, and its guesses count alike.
 */
@Injectable()
export class KnownDevices {
  constructor(
    private readonly keyedHash: KeyedHash,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(RANDOM) private readonly random: Random,
  ) {}

  /** @returns the cookie's value @param device the same browser's id, if it is known */
  async issue(accountId: string, device = this.random.id()): Promise<string> {
    const day = Math.floor(this.clock.now() / DAY)
    return `${device}.${day}.${await this.#mac(accountId, device, day)}`
  }

  /** @returns the browser's id, if it logged in to this account within 90 days */
  async recognise(cookie: string | undefined, accountId: string): Promise<string | undefined> {
    const match = /^([\w-]{22})\.(\d{1,6})\.([\w-]{43})$/.exec(cookie ?? '')
    const [, device = '', day = '', mac = ''] = match ?? []
    const age = Math.floor(this.clock.now() / DAY) - Number(day)
    const genuine = equal(mac, await this.#mac(accountId, device, Number(day)))
    return genuine && age <= DEVICE_DAYS ? device : undefined
  }

  #mac(accountId: string, device: string, day: number): Promise<string> {
    return this.keyedHash.hash('admin-device', accountId, device, String(day))
  }
}
