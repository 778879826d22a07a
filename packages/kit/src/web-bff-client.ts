import { callSender, get, post } from './bff-call.js'
import { clientOf, type BffClient } from './bff-client.js'
import { cookieSessions, PAGE_HEADERS } from './cookie-sessions.js'
import type { Proof } from './platform.js'
import { createProofMemory } from './proof-memory.js'
import { isDoctorRun, isWebSignatures } from './shapes.js'
import type { SendRequest } from './wx-request.js'
import type { WebSignatures } from './ww-types.js'

export interface WebBffClientOptions {
  /** Empty: the page's own origin, which is the only one that the browser's cookie goes to. */
  baseUrl: string
  /** The app's id in the BFF's configuration. */
  app: string
  request: SendRequest
  /** Leaves the page for the login, `/h5/login`; rejects when the page stays. */
  login: () => Promise<unknown>
  /** Milliseconds since 1970; only to see that a session is over. */
  now: () => number
}

/** What a page knows about itself, for the doctor's report. */
export interface PageFacts {
  /** The version of the platform's SDK: `2.4.4`. */
  sdk?: string
  /** Directives of the page's Content-Security-Policy that refused something. */
  blocked?: string[]
}

/** The calls of a web page. No token, no code: the browser's cookie says who calls. */
export interface WebBffClient extends BffClient {
  /** Signs this address for the SDK; needs no session. */
  sign(url: string): Promise<WebSignatures>
  /** While `sealcard doctor h5` waits: what its page declares. */
  doctorState(run: string): Promise<string>
  /** Gives the doctor what the platform gave this page. */
  giveSample(run: string, proof: Proof, page?: PageFacts): Promise<void>
}

/** The same client for a page on the BFF's own origin. It rejects as `createBffClient` does. */
export const createWebBffClient = (options: WebBffClientOptions): WebBffClient => {
  const { app, login, now } = options
  const send = callSender(options.baseUrl, options.request)
  const sessions = cookieSessions({ send, login, now })
  const proofs = {
    ...createProofMemory(now),
    // The key of a page's proofs is the application's ticket: no login changes it.
    loginMayHelp: () => false,
  }
  return {
    ...clientOf(send, sessions, proofs),
    sign: (url) =>
      send({ ...post('/v1/h5/signatures', isWebSignatures), body: { app, url } }, PAGE_HEADERS),
    async doctorState(run) {
      const { state } = await send(get(doctorPath(run), isDoctorRun), PAGE_HEADERS)
      return state
    },
    giveSample: (run, { encryptedData, iv }, page) =>
      send<void>(
        { ...post(`${doctorPath(run)}/samples`, null), body: { encryptedData, iv, ...page } },
        PAGE_HEADERS,
      ),
  }
}

const doctorPath = (run: string) => `/v1/h5/doctor/${encodeURIComponent(run)}`
