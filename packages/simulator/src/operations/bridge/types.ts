import type { PhoneRecord, WebView } from '../../world/records.js'
import type { World } from '../../world/world.js'

/** What a client answers to `WeixinJSBridge.invoke`, before the SDK reads it. */
export interface NativeAnswer {
  err_msg: string
  err_code?: number
  [field: string]: unknown
}

/** A share that the person has to confirm first. */
export interface WebShare {
  title: string
  desc: string
  /** As an address of the world. */
  link: string
  imageUrl: string | null
  private: boolean
}

export interface BridgeInput {
  phone: PhoneRecord
  view: WebView
  /** The page's live address, without its fragment. */
  address: string
  args: Record<string, unknown>
  /** An address as the page says it → an address of the world. */
  real: (address: string) => string
}

/** One call of a web page to its client. `ask`: what the person must confirm before the client answers. */
export type BridgeOperation = (
  world: World,
  input: BridgeInput,
) => NativeAnswer | { ask: WebShare; chat?: string }
