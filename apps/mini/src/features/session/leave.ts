import { forgetDevice, type Departed } from '@sealcard/client'
import { now } from '../../adapters/clock'
import { services } from '../../services'
import { forgetCardFilter } from '../cards/use-card-filter'
import { NAME_ANSWERED } from '../name/use-name-ask'

/** Rejects when the service did not say that it is done; nothing changes on this phone then. */
export const leave = async (why: Departed): Promise<void> => {
  const { client, departure, storage } = services()
  await (why === 'erased' ? client.eraseMe() : client.signOut())
  // From here on no page logs in by itself, and none stores a draft.
  departure.write(why)
  forgetDevice(storage, now)
  forgetCardFilter()
  if (why === 'erased') storage.remove(NAME_ANSWERED)
}

/** The person comes back; when the login fails, they are as far as before. */
export const signIn = async (): Promise<void> => {
  const { client, departure } = services()
  const before = departure.read()
  departure.clear()
  try {
    await client.ensureSession()
  } catch (error) {
    if (before) departure.write(before)
    throw error
  }
}
