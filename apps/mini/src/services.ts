import { departure, draftStore, type Departure } from '@sealcard/client'
import {
  createBffClient,
  PlatformError,
  detectPlatform,
  wxRequest,
  wxStorage,
  type BffClient,
  type KeyValue,
  type SharePlatform,
} from '@sealcard/kit'
import { now } from './adapters/clock'
import { platformWx } from './adapters/wx'
import { site } from './config/site'

export interface Services {
  platform: SharePlatform
  client: BffClient
  storage: KeyValue
  departure: Departure
}

let made: Services | undefined

/** What the pages work with. Made at first use and once, so that one platform orders the declarations of all pages. */
export const services = (): Services => (made ??= make())

const make = (): Services => {
  const wx = platformWx()
  const platform = detectPlatform(wx)
  const storage = wxStorage(wx)
  // At every start, on any first page: the person may never return to the draft.
  draftStore(storage, now).expire()
  const left = departure(storage)
  const client = createBffClient({
    baseUrl: site.bffUrl,
    app: site.app[platform.kind],
    request: wxRequest(wx),
    storage,
    // Who left comes back by their own tap, and by opening a card.
    login: () => (left.read() ? Promise.reject(departedError()) : platform.login()),
    now,
  })
  return { platform, client, storage, departure: left }
}

const departedError = () => new PlatformError('login', 'login', { errMsg: 'login:fail signed out' })
