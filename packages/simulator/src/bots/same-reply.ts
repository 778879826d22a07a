import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../world/bot-types.js'

/** A stream may have grown between two deliveries of one message; everything else must be the same. */
const settled = (reply: Json): Json => {
  const stream = reply['stream'] as Json | undefined
  return stream === undefined ? reply : { ...reply, stream: { id: stream['id'] } }
}

export const sameReply = (a: Json, b: Json): boolean => isDeepStrictEqual(settled(a), settled(b))
