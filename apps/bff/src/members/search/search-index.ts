import { Injectable } from '@nestjs/common'
import { DataSource, type EntityManager } from 'typeorm'
import { squeeze } from '../../core/text.js'
import { KeyedHash } from '../../database/keyed-hash/keyed-hash.service.js'
import { inListOrder } from '../../http/pagination/list-order.js'
import type { Place } from '../../http/pagination/page-cursor.js'
import { PairTable } from './pair-table.js'
import { pairsOf } from './searched-text.js'

/** What is searched. */
type What = 'title' | 'name'

/** A card or a person, whose title or name is sealed. */
export interface Searchable {
  readonly id: string
  readonly appId: string
  readonly createdAt: number
}

/** What a search found, newest first, and where it continues; undefined: at the end. */
export interface Matches {
  readonly places: readonly Place[]
  readonly next: Place | undefined
}

/** Which of these rows are wanted: their text, opened, has the characters, and other filters hold. */
export type Wanted = (places: readonly Place[]) => Promise<ReadonlySet<string>>

/** Rows that one look opens. */
const CHUNK = 64
/** What one request does at most in an app. It then answers what it has, and a cursor. */
const MOST_WINDOWS = 20
const MOST_OPENED = 1024

/** 48 bits: a collision costs one row that is opened in vain. */
const PAIR_BYTES = 6

/** The hash of one pair in an app. */
export type SearchHash = (what: What, appId: string, pair: string) => Promise<number>

export const searchHash =
  (hashes: KeyedHash): SearchHash =>
  async (what, appId, pair) => {
    const hash = await hashes.hash('search', what, appId, pair)
    return Buffer.from(hash, 'base64url').readUIntBE(0, PAIR_BYTES)
  }

/**
 * Finds sealed titles and names. The database holds keyed hashes of their character pairs, each app under a key of its own,
 * and no character. SECURITY.md says what a reader of the database learns from them.
 */
@Injectable()
export class SearchIndex {
  readonly #tables: Record<What, PairTable>

  constructor(
    private readonly storage: DataSource,
    private readonly hashes: KeyedHash,
  ) {
    this.#tables = {
      title: new PairTable(storage, { table: 'card_pairs', id: 'card_id' }),
      name: new PairTable(storage, { table: 'viewer_pairs', id: 'viewer_id' }),
    }
  }

  /** In the transaction that writes the text. */
  add(manager: EntityManager, what: What, row: Searchable, text: string): Promise<void> {
    return this.addAll(manager, what, [{ row, text }])
  }

  async addAll(
    manager: EntityManager,
    what: What,
    texts: readonly { readonly row: Searchable; readonly text: string }[],
  ): Promise<void> {
    const rows = texts.map(async ({ row: { id, appId, createdAt }, text }) => ({
      id,
      createdAt,
      pairs: await this.#hashes(what, appId, squeeze(text)),
    }))
    await this.#tables[what].add(manager, await Promise.all(rows))
  }

  /** In the transaction that erases the text. */
  remove(manager: EntityManager, what: What, ids: readonly string[]): Promise<void> {
    return this.#tables[what].remove(manager, ids)
  }

  /** In the transaction that changes the text. */
  async replace(manager: EntityManager, what: What, row: Searchable, text: string): Promise<void> {
    await this.remove(manager, what, [row.id])
    await this.add(manager, what, row, text)
  }

  /**
   * Rows of these apps whose text has these characters side by side, blanks and case apart.
   * @param q at least two characters after `squeeze`
   * @returns at most `take`; fewer while there may be more, when many rows had to be looked at
   */
  async find(
    what: What,
    { q, appIds }: { readonly q: string; readonly appIds: readonly string[] },
    wanted: Wanted,
    after: Place | undefined,
    take: number,
  ): Promise<Matches> {
    const all = await Promise.all(
      appIds.map((appId) => this.#findIn(what, appId, squeeze(q), wanted, after, take)),
    )
    const [only, ...others] = all
    if (only && others.length === 0) return only
    const found = all.flatMap(({ places }) => places)
    const stops = all.flatMap(({ next }) => next ?? [])
    const ordered = await inListOrder(this.storage, [...found, ...stops])
    const [ids, ends] = [idsOf(found), idsOf(stops)]
    // What lies behind a place where an app's search stopped may not be the next of all.
    const end = ordered.findIndex(({ id }) => ends.has(id))
    const places = ordered.slice(0, end < 0 ? undefined : end + 1).filter(({ id }) => ids.has(id))
    if (places.length > take) return { places: places.slice(0, take), next: places[take - 1] }
    return { places, next: ordered[end] }
  }

  async #findIn(
    what: What,
    appId: string,
    q: string,
    wanted: Wanted,
    after: Place | undefined,
    take: number,
  ): Promise<Matches> {
    const table = this.#tables[what]
    const pairs = await table.rarest(await this.#hashes(what, appId, q))
    if (pairs.length === 0) return { places: [], next: undefined }
    const places: Place[] = []
    let opened = 0
    let from = after
    for (let windows = 0; windows < MOST_WINDOWS; windows++) {
      const { hits, next } = await table.window(pairs, from)
      for (let i = 0; i < hits.length; i += CHUNK) {
        const chunk = hits.slice(i, i + CHUNK)
        const ids = await wanted(chunk)
        for (const place of chunk) {
          if (!ids.has(place.id)) continue
          places.push(place)
          if (places.length === take) return { places, next: place }
        }
        opened += chunk.length
        if (opened >= MOST_OPENED) return { places, next: chunk.at(-1) }
      }
      if (!next) return { places, next: undefined }
      from = next
    }
    return { places, next: from }
  }

  async #hashes(what: What, appId: string, text: string): Promise<number[]> {
    const hash = searchHash(this.hashes)
    const hashes = pairsOf(text).map((pair) => hash(what, appId, pair))
    return [...new Set(await Promise.all(hashes))]
  }
}

const idsOf = (places: readonly Place[]) => new Set(places.map(({ id }) => id))
