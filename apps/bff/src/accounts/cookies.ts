import { fastifyCookie as cookie } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { DAY, SECOND } from '../core/time.js'
import { DEVICE_DAYS } from './known-devices.js'

/** `__Host-`: the browser takes it only over TLS (or from localhost), from this very host, for every path. */
export const SESSION_COOKIE = '__Host-sealcard'
export const DEVICE_COOKIE = '__Host-sealcard-device'

const FORM = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const

export const readCookies = (request: FastifyRequest) => {
  const cookies = cookie.parse(request.headers.cookie ?? '')
  return { session: cookies[SESSION_COOKIE], device: cookies[DEVICE_COOKIE] }
}

/** The session's ends with the browser; when the session ends only the server knows. */
export const sendCookies = (reply: FastifyReply, session: string, device: string) =>
  void reply.header('Set-Cookie', [
    cookie.serialize(SESSION_COOKIE, session, FORM),
    cookie.serialize(DEVICE_COOKIE, device, { ...FORM, maxAge: (DEVICE_DAYS * DAY) / SECOND }),
  ])

export const sendSessionCookie = (reply: FastifyReply, session: string) =>
  void reply.header('Set-Cookie', cookie.serialize(SESSION_COOKIE, session, FORM))

export const clearSessionCookie = (reply: FastifyReply) =>
  void reply.header('Set-Cookie', cookie.serialize(SESSION_COOKIE, '', { ...FORM, maxAge: 0 }))
