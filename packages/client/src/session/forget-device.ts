import type { KeyValue } from '@sealcard/kit'
import { SHARED_LOG } from '../card/shared-log.js'
import { draftStore, LAST_SETTINGS } from '../write/draft-store.js'

/** Removes what this device keeps of a person who leaves: drafts, where they shared to, what they chose last. */
export const forgetDevice = (storage: KeyValue, now: () => number): void => {
  draftStore(storage, now).clear()
  storage.remove(SHARED_LOG)
  storage.remove(LAST_SETTINGS)
}
