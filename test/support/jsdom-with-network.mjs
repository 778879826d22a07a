// jest-environment-jsdom hides what Node has and browsers have too; the platforms behind the page are reached through it.
import { TestEnvironment } from 'jest-environment-jsdom'

const FROM_NODE = [
  'fetch',
  'Headers',
  'Request',
  'Response',
  'ReadableStream',
  'TextEncoder',
  'TextDecoder',
  'structuredClone',
  'setImmediate',
  'clearImmediate',
  'Uint8Array',
]

export default class JsdomWithNetwork extends TestEnvironment {
  constructor(...args) {
    super(...args)
    for (const name of FROM_NODE) this.global[name] = globalThis[name]
  }
}
