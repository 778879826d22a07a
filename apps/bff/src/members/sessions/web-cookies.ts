import { fastifyCookie as cookie } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SECOND } from '../../core/time.js'
import { SESSION_MS } from './session.entity.js'

/**
 * `__Host-`: the browser takes it only over TLS (or from localhost), from this very host, for every path. So no other host
 * of the domain can plant one.
 */
const SESSION_COOKIE = '__Host-sealcard_h5'
const LOGIN_COOKIE = '__Host-sealcard_h5_login'

/** Lax: `Strict` would not come along when the platform's page leads back to ours, and the login would never end. */
const FORM = { path: '/', secure: true, httpOnly: true, sameSite: 'lax' } as const

const TOKEN = /^[\w-]{43}$/

const read = ({ headers }: FastifyRequest, name: string): string | undefined => {
  const value = cookie.parse(headers.cookie ?? '')[name]
  return value !== undefined && TOKEN.test(value) ? value : undefined
}

/** The token of a page's session. */
export const pageToken = (request: FastifyRequest) => read(request, SESSION_COOKIE)

/** Which browser began a login. */
export const loginBrowser = (request: FastifyRequest) => read(request, LOGIN_COOKIE)

/** @param ms how long the login may take */
export const rememberBrowser = (reply: FastifyReply, browser: string, ms: number) =>
  set(reply, LOGIN_COOKIE, browser, ms)

/** The login's cookie stays for its time: another tab may be on its way back. A state is good once. */
export const rememberSession = (reply: FastifyReply, token: string) =>
  set(reply, SESSION_COOKIE, token, SESSION_MS)

export const forgetSession = (reply: FastifyReply) => set(reply, SESSION_COOKIE, '', 0)

/** Fastify adds one `Set-Cookie` to another. */
const set = (reply: FastifyReply, name: string, value: string, ms: number) =>
  void reply.header('Set-Cookie', cookie.serialize(name, value, { ...FORM, maxAge: ms / SECOND }))
