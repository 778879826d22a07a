import type { WxAnswer } from '../contract.js'
import type { PhoneRecord } from '../world/records.js'
import type { World } from '../world/world.js'

/** A server API call as it arrived, already taken apart. */
export interface ServerInput {
  method: string
  query: Record<string, string>
  body: string
}
export interface ServerContext {
  /** The caller's address, which WeCom repeats in its error texts. */
  ip: string
}
/** Answers the JSON body, or throws PlatformError. */
export type ServerOperation = (
  world: World,
  input: ServerInput,
  ctx: ServerContext,
) => Record<string, unknown>

export interface ServerRoute {
  id: string
  host: 'api.weixin.qq.com' | 'qyapi.weixin.qq.com'
  method: 'GET' | 'POST'
  path: string
  run: ServerOperation
}

/** A call of wx.* or wx.qy.* on one phone. */
export interface ClientInput {
  phone: PhoneRecord
  page: string
  args: Record<string, unknown>
}
export type ClientOperation = (world: World, input: ClientInput) => WxAnswer
