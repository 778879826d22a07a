import { BffError, type BffClient } from '@sealcard/kit'
import type { Card } from '@sealcard/protocol'
import { toCreateCard, type Draft } from './draft.js'
import type { DraftStore } from './draft-store.js'

export interface SubmitOptions {
  draft: Draft
  store: DraftStore
  client: Pick<BffClient, 'createCard'>
  now: () => number
  newKey: () => string
}

/**
 * Makes one card of a draft, even after many tries. It stores the request and its key before it sends them. An
 * unchanged draft sends exactly the same again, after a restart too. Changed words are another card.
 */
export const submitDraft = async (options: SubmitOptions): Promise<Card> => {
  const { draft, store, client, now, newKey } = options
  store.write(draft)
  const before = store.readAttempt()
  const attempt =
    before && same(before.draft, draft)
      ? before
      : { key: newKey(), draft, request: toCreateCard(draft, now()) }
  store.writeAttempt(attempt)
  try {
    const card = await client.createCard(attempt.request, attempt.key)
    store.clear()
    store.keepSettings(draft)
    return card
  } catch (error) {
    // Refused for what it says: nothing was made, and the same request can never succeed.
    if (error instanceof BffError && DEFINITE.has(error.status)) store.writeAttempt(null)
    throw error
  }
}

const DEFINITE = new Set([400, 409, 413, 415])

const same = (a: Draft, b: Draft) =>
  (Object.keys(a) as (keyof Draft)[]).every((field) => a[field] === b[field])
