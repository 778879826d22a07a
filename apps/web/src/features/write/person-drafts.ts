import { draftStore, type DraftStore } from '@sealcard/client'
import type { KeyValue } from '@sealcard/kit'
import type { BrowserStorage } from '../../adapters/browser-storage'

const MINE = /^(sealcard\.person\..+\.)sealcard\.(?:draft|attempt)$/

const below = (storage: KeyValue, prefix: string): KeyValue => ({
  get: (key) => storage.get(prefix + key),
  set: (key, value) => storage.set(prefix + key, value),
  remove: (key) => storage.remove(prefix + key),
})

/** A browser may serve several people, one after the other: what is kept for each is apart. */
export const personStorage = (storage: KeyValue, viewerId: string): KeyValue =>
  below(storage, `sealcard.person.${viewerId}.`)

export const personDrafts = (storage: KeyValue, viewerId: string, now: () => number): DraftStore =>
  draftStore(personStorage(storage, viewerId), now)

/** At every start, for whoever wrote here: what lay too long goes. */
export const expireDrafts = (storage: BrowserStorage, now: () => number): void => {
  const prefixes = storage.keys().map((key) => MINE.exec(key)?.[1])
  for (const prefix of new Set(prefixes)) {
    if (prefix !== undefined) draftStore(below(storage, prefix), now).expire()
  }
}
