import type { KeyValue } from '@sealcard/kit'
import type { CreateCard } from '@sealcard/protocol'
import { emptyDraft, EXPIRIES, type Draft } from './draft'

/** A card that was sent and may or may not have arrived: the same words under the same key make no second card. */
export interface Attempt {
  key: string
  draft: Draft
  request: CreateCard
}

export interface DraftStore {
  read(): Draft
  write(draft: Draft): void
  readAttempt(): Attempt | null
  writeAttempt(attempt: Attempt | null): void
  clear(): void
}

const DRAFT = 'sealcard.draft'
const ATTEMPT = 'sealcard.attempt'

export const draftStore = (storage: KeyValue): DraftStore => ({
  read: () => draftOf(parse(storage.get(DRAFT))),
  write: (draft) => storage.set(DRAFT, JSON.stringify(draft)),
  readAttempt() {
    const value = parse(storage.get(ATTEMPT)) as Partial<Attempt> | null
    return typeof value?.key === 'string' && value.draft && value.request
      ? { key: value.key, draft: draftOf(value.draft), request: value.request }
      : null
  },
  writeAttempt: (attempt) =>
    attempt ? storage.set(ATTEMPT, JSON.stringify(attempt)) : storage.remove(ATTEMPT),
  clear() {
    storage.remove(DRAFT)
    storage.remove(ATTEMPT)
  },
})

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
  return EXPIRIES.includes(draft.expiry) ? draft : { ...draft, expiry: emptyDraft.expiry }
}
