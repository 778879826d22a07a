import { squeeze } from '../../src/core/text.js'
import type { SearchHash } from '../../src/members/search/search-index.js'
import { pairsOf } from '../../src/members/search/searched-text.js'
import type { SeedApp } from './shape.js'
import { everyPairOfTitles } from './texts.js'

/** The keyed hashes of the pairs of titles, for each app. They are made before, because history is written at one go. */
export class Pairs {
  readonly #hashes = new Map<string, ReadonlyMap<string, number>>()

  static async of(apps: readonly SeedApp[], hash: SearchHash): Promise<Pairs> {
    const pairs = new Pairs()
    const known = new Set(everyPairOfTitles().flatMap((title) => pairsOf(squeeze(title))))
    for (const { id } of apps) {
      const hashed = [...known].map(async (pair) => [pair, await hash('title', id, pair)] as const)
      pairs.#hashes.set(id, new Map(await Promise.all(hashed)))
    }
    return pairs
  }

  /** @throws Error for a title that no seed makes */
  ofTitle(app: string, title: string): number[] {
    const hashes = this.#hashes.get(app)
    return [...new Set(pairsOf(squeeze(title)))].map((pair) => {
      const hash = hashes?.get(pair)
      if (hash === undefined) throw new Error(`no hash of a pair of ${title}`)
      return hash
    })
  }
}
