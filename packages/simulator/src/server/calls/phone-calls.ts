import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { CallLayer } from '../../contract.js'
import { openOpenData } from '../../crypto/open-data.js'
import type { Deps } from '../deps.js'
import type { NewCall } from './call-types.js'
import { wordsOf } from './masked-words.js'

interface Kind {
  layer: CallLayer
  name: (params: Record<string, string>) => string
}

const PHONE = '/simulator/phones/:phone'
const person = (name: string): Kind => ({ layer: 'person', name: () => name })

/** The routes by which phones call, and bots are called. */
const KINDS: Record<string, Kind> = {
  [`POST ${PHONE}/wx/:api`]: { layer: 'wx', name: ({ api }) => `wx.${api ?? ''}` },
  [`POST ${PHONE}/request`]: { layer: 'request', name: () => 'request' },
  [`POST ${PHONE}/openings`]: person('openings'),
  [`POST ${PHONE}/shares`]: person('shares'),
  [`POST ${PHONE}/forwards`]: person('forwards'),
  [`POST ${PHONE}/close`]: person('close'),
  [`POST ${PHONE}/web`]: person('web'),
  [`POST ${PHONE}/web/shares`]: person('web/shares'),
  [`POST ${PHONE}/web/bridge/:api`]: { layer: 'bridge', name: ({ api }) => `bridge.${api ?? ''}` },
  'POST /simulator/bots/:bot/sends': { layer: 'callback', name: ({ bot }) => `bot ${bot ?? ''}` },
}

/** The parts of an answer that say what came of a call. */
interface Said {
  ok?: boolean
  res?: {
    errMsg?: string
    statusCode?: number
    encryptedData?: unknown
    iv?: unknown
    body?: unknown
  }
  err_msg?: string
  error?: string
}

/** Logs what a phone does, when it is answered. One hook: a new route needs a line above, and no code. */
export const logPhoneCalls = (app: FastifyInstance, deps: Deps): void => {
  app.addHook('onSend', async (request, reply, payload) => {
    const kind = KINDS[`${request.method} ${request.routeOptions.url ?? ''}`]
    if (kind && typeof payload === 'string')
      deps.calls.add(callOf(deps, kind, request, reply, payload))
    return payload
  })
}

const callOf = (
  { world }: Deps,
  kind: Kind,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: string,
): NewCall => {
  const params = request.params as Record<string, string>
  const args = wordsOf(request.body)
  const answer = wordsOf(payload)
  const said = (answer ?? {}) as Said
  const phone = params['phone'] ?? null
  const call = { layer: kind.layer, phone, ms: reply.elapsedTime, clear: null }
  if (kind.layer === 'request') return { ...call, ...requestOf(args, said) }
  const failed = reply.statusCode >= 400 || said.ok === false || /:fail/.test(String(said.err_msg))
  const outcome = String(said.res?.errMsg ?? said.err_msg ?? said.error ?? reply.statusCode)
  const clear = kind.layer === 'wx' && phone !== null ? clearOf(world, phone, said) : null
  return { ...call, name: kind.name(params), failed, outcome, args, answer, clear }
}

/** `POST bff.example/v1/cards`, with the body taken apart. Headers are not kept: they hold tokens. */
const requestOf = (
  args: unknown,
  said: Said,
): Pick<NewCall, 'name' | 'failed' | 'outcome' | 'args' | 'answer'> => {
  const { url = '', method = 'GET', body } = (args ?? {}) as Record<string, string | undefined>
  const { host, pathname } = URL.canParse(url) ? new URL(url) : { host: '', pathname: url }
  const status = said.res?.statusCode
  const failed = said.ok !== true || Number(status) >= 400
  return {
    name: `${method.toUpperCase()} ${pathname}`,
    failed,
    outcome: String(status ?? said.res?.errMsg ?? said.error ?? 'fail'),
    args: { method, host, path: pathname, body: wordsOf(body) },
    answer: said.ok === true ? wordsOf(said.res?.body) : said,
  }
}

/** What the platform sealed for this phone, opened with the key of its last login. */
const clearOf = (world: Deps['world'], phone: string, { res }: Said): string | null => {
  const { encryptedData, iv } = res ?? {}
  if (typeof encryptedData !== 'string' || typeof iv !== 'string') return null
  const { client, lastKey } = world.phones.get(phone)
  const key = lastKey[client]
  if (key === null) return null
  try {
    return openOpenData(key, { encryptedData, iv })
  } catch {
    return null
  }
}
