import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ForwardCall, RequestCall, ShareCall, WxAnswer } from '../contract.js'
import { CLIENT_APIS } from '../operations/client-apis.js'
import { fail } from '../operations/client/answers.js'
import type { FaultEffect } from '../world/faults.js'
import { WorldProblem } from '../world/problem.js'
import { closest } from '../closest.js'
import type { Deps } from './deps.js'
import { json, parsed } from './input.js'
import { phoneRequest } from './phone-network.js'

const WxCallBody = z.strictObject({
  page: z.string().max(300).default(''),
  args: z.record(z.string(), z.unknown()).default({}),
})
const RequestBody = z.strictObject({
  url: z.string().max(8000),
  method: z.string().max(10).default('GET'),
  header: z.record(z.string(), z.string()).default({}),
  body: z.string().max(1_000_000).optional(),
  timeout: z.int().min(1).max(600_000).optional(),
})
const ShareBody = z.strictObject({
  page: z.string().max(300),
  from: z.enum(['menu', 'button']),
  chat: z.string(),
  share: z
    .strictObject({
      title: z.string().max(500).optional(),
      path: z.string().max(2000).optional(),
      imageUrl: z.string().max(100_000).optional(),
    })
    .default({}),
})
const OpenBody = z.discriminatedUnion('via', [
  z.strictObject({ via: z.literal('card'), card: z.string() }),
  z.strictObject({ via: z.literal('recent'), path: z.string().max(2000).optional() }),
  z.strictObject({ via: z.literal('bot'), path: z.string().max(2000) }),
])
const ForwardBody = z.strictObject({ card: z.string(), chat: z.string() })

type AtPhone = { Params: { phone: string } }
type AtApi = { Params: { phone: string; api: string } }

/** What a phone does: `contract.ts` to the letter. */
export const phoneRoutes = (app: FastifyInstance, deps: Deps): void => {
  const { world } = deps
  const base = '/simulator/phones/:phone'

  app.post<AtApi>(`${base}/wx/:api`, async ({ params, body }): Promise<WxAnswer> => {
    const phone = world.phones.get(params.phone)
    const operation = CLIENT_APIS.get(params.api)
    if (!operation) {
      const near = closest(params.api, CLIENT_APIS.keys())
      const message = `The simulator does not do wx.${params.api}; closest: wx.${near}`
      deps.log.warn(`501 ${message}`)
      throw new WorldProblem('not_simulated', message)
    }
    const call = parsed(WxCallBody, json(body))
    const effect = world.takeFault(`wx.${params.api}`, phone.id)
    if (effect?.kind === 'black-hole') await deps.timer.wait(600_000)
    if (effect?.kind === 'delay') await deps.timer.wait(effect.ms)
    else if (effect) return scripted(params.api, effect)
    world.phones.ensureRunning(phone)
    return operation(world, { phone, ...call })
  })

  app.post<AtPhone>(`${base}/request`, ({ params, body }) =>
    phoneRequest(
      deps,
      world.phones.get(params.phone),
      parsed(RequestBody, json(body)) as RequestCall,
    ),
  )

  app.post<AtPhone>(`${base}/shares`, async ({ params, body }, reply) => {
    const phone = world.phones.get(params.phone)
    const card = world.cards.share(phone, parsed(ShareBody, json(body)) as ShareCall)
    return reply.code(201).send({ card })
  })

  app.post<AtPhone>(`${base}/forwards`, async ({ params, body }, reply) => {
    const call: ForwardCall = parsed(ForwardBody, json(body))
    return reply.code(201).send({ card: world.cards.forward(world.phones.get(params.phone), call) })
  })

  app.post<AtPhone>(`${base}/openings`, ({ params, body }) => {
    const call = parsed(OpenBody, json(body))
    const phone = world.phones.get(params.phone)
    return world.openings.open(
      phone,
      call.via === 'recent' ? { via: 'recent', ...(call.path ? { path: call.path } : {}) } : call,
      deps.home,
    )
  })

  app.post<AtPhone>(`${base}/close`, ({ params }) => {
    const phone = world.phones.get(params.phone)
    world.phones.close(phone)
    return world.phones.view(phone)
  })

  app.get<AtPhone>(`${base}/chats`, ({ params }) => ({
    chats: world.chats.viewsFor(world.phones.get(params.phone)),
  }))

  app.get<AtPhone>(`${base}/requests`, ({ params }) => ({
    requests: deps.requests.listPhone(world.phones.get(params.phone).id),
  }))
}

const scripted = (api: string, effect: FaultEffect): WxAnswer => {
  if (effect.kind === 'fail') {
    const { errMsg, errno, errCode } = effect
    return {
      ok: false,
      res: {
        errMsg,
        ...(errno === undefined ? {} : { errno }),
        ...(errCode === undefined ? {} : { errCode }),
      },
    }
  }
  if (effect.kind === 'errcode') {
    return fail(api, effect.errmsg ?? 'system error', { errCode: effect.errcode })
  }
  // W24: 4, internal error.
  return fail(api, 'internal error', { errno: 4 })
}
