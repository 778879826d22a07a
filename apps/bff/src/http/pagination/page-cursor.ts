import { Injectable } from '@nestjs/common'
import { equal } from '@sealcard/crypto'
import { inputError } from '../../core/errors/api-error.js'
import { KeyedHash } from '../../database/keyed-hash/keyed-hash.service.js'

/** A place in a list that is ordered by time and then id, both descending. */
export interface Place {
  /** Milliseconds UTC. */
  readonly at: number
  readonly id: string
}

/** Cursors of keyset pages: opaque, signed, and good only for the list they came from. */
@Injectable()
export class PageCursor {
  constructor(private readonly keyedHash: KeyedHash) {}

  /** @param list which list, whose: a cursor of another one is refused */
  async encode(list: readonly string[], { at, id }: Place): Promise<string> {
    const place = `${at.toString(36)}.${id}`
    return Buffer.from(`${place}.${await this.#sign(list, place)}`).toString('base64url')
  }

  /** @throws ApiError ERR_INPUT naming `cursor` */
  async decode(list: readonly string[], cursor: string | undefined): Promise<Place | undefined> {
    if (cursor === undefined) return undefined
    const match = /^(([0-9a-z]{1,11})\.([\w-]{1,64}))\.([\w-]{43})$/.exec(
      Buffer.from(cursor, 'base64url').toString('latin1'),
    )
    const [, place = '', at = '', id = '', mac = ''] = match ?? []
    if (!equal(mac, await this.#sign(list, place))) {
      throw inputError('cursor', 'is not a cursor of this list')
    }
    return { at: Number.parseInt(at, 36), id }
  }

  /**
   * Cuts a page out of rows that were read one beyond it.
   * @returns the rows of the page and the cursor of the next one, null at the end
   */
  async cut<T>(
    list: readonly string[],
    rows: readonly T[],
    limit: number,
    placeOf: (row: T) => Place,
  ) {
    const page = rows.slice(0, limit)
    const last = page.at(-1)
    const more = rows.length > limit && last !== undefined
    return { page, nextCursor: more ? await this.encode(list, placeOf(last)) : null }
  }

  #sign(list: readonly string[], place: string): Promise<string> {
    return this.keyedHash.hash('cursor', ...list, place)
  }
}
