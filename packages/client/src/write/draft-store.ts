import type { KeyValue } from '@sealcard/kit'
import type { CreateCard } from '@sealcard/protocol'
import { emptyDraft, EXPIRIES, type Draft } from './draft.js'

/** A card that was sent and may or may not have arrived: the same words under the same key make no second card. */
export interface Attempt {
  key: string
  draft: Draft
  request: CreateCard
}

/** How long the phone keeps an unsent draft, and a card whose request got no answer: milliseconds. */
export const DRAFT_LASTS_MS = 24 * 60 * 60 * 1000

export interface DraftStore {
  /** Removes what has lain too long. */
  expire(): void
  read(): Draft
  write(draft: Draft): void
  readAttempt(): Attempt | null
  writeAttempt(attempt: Attempt | null): void
  clear(): void
  /** The next card starts with the settings of this one. */
  keepSettings(draft: Draft): void
  /** Another draft takes the place of what lies there. */
  replace(draft: Draft): void
}

const DRAFT = 'sealcard.draft'
const ATTEMPT = 'sealcard.attempt'
/** How the person set the last card. It holds no words, so it stays. */
export const LAST_SETTINGS = 'sealcard.last-settings'

/** They lie there in clear, as `wx` storage does; so they don't stay. */
export const draftStore = (storage: KeyValue, now: () => number): DraftStore => {
  const put = (key: string, value: object) =>
    storage.set(key, JSON.stringify({ ...value, savedAt: now() }))

  const get = (key: string): unknown => {
    const value = parse(storage.get(key))
    if (typeof value !== 'object' || value === null) return null
    const savedAt: unknown = 'savedAt' in value ? value.savedAt : null
    if (typeof savedAt !== 'number') {
      // Of an older version: from now on it has a time.
      put(key, value)
      return value
    }
    // Whichever way the clock went.
    if (Math.abs(now() - savedAt) < DRAFT_LASTS_MS) return value
    storage.remove(key)
    return null
  }

  return {
    expire() {
      get(DRAFT)
      get(ATTEMPT)
    },
    read: () => draftOf(get(DRAFT) ?? parse(storage.get(LAST_SETTINGS))),
    write: (draft) => put(DRAFT, draft),
    readAttempt() {
      const value = get(ATTEMPT) as Partial<Attempt> | null
      return typeof value?.key === 'string' && value.draft && value.request
        ? { key: value.key, draft: draftOf(value.draft), request: value.request }
        : null
    },
    writeAttempt: (attempt) => (attempt ? put(ATTEMPT, attempt) : storage.remove(ATTEMPT)),
    clear() {
      storage.remove(DRAFT)
      storage.remove(ATTEMPT)
    },
    keepSettings({ title: _, body: __, ...settings }) {
      storage.set(LAST_SETTINGS, JSON.stringify(settings))
    },
    replace(draft) {
      storage.remove(ATTEMPT)
      put(DRAFT, draft)
    },
  }
}

const parse = (stored: string | null): unknown => {
  try {
    return stored === null ? null : JSON.parse(stored)
  } catch {
    return null
  }
}

/** A draft of an older version may lack fields; what is there is kept. */
const draftOf = (value: unknown): Draft => {
  const stored = (typeof value === 'object' && value !== null ? value : {}) as Partial<Draft>
  const fields = Object.keys(emptyDraft) as (keyof Draft)[]
  const known = fields.filter((field) => typeof stored[field] === typeof emptyDraft[field])
  const draft = { ...emptyDraft, ...Object.fromEntries(known.map((f) => [f, stored[f]])) }
  return (EXPIRIES as readonly string[]).includes(draft.expiry)
    ? draft
    : { ...draft, expiry: emptyDraft.expiry }
}
