import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { WebPageView } from '../../contract.js'
import { fail, isAnswer, isMissing, missing } from '../../operations/bridge/answers.js'
import type { NativeAnswer, WebShare } from '../../operations/bridge/types.js'
import { isPrivate } from '../../operations/bridge/share.js'
import { BRIDGE_APIS } from '../../operations/bridge-apis.js'
import { badInput, refused } from '../../world/problem.js'
import type { PhoneRecord, WebView } from '../../world/records.js'
import { tokenApp } from '../../world/world.js'
import type { Deps } from '../deps.js'
import { json, parsed } from '../input.js'

const Address = z.string().max(8000)
const OpenBody = z.discriminatedUnion('via', [
  z.strictObject({ via: z.literal('card'), card: z.string() }),
  z.strictObject({ via: z.literal('link'), url: z.url({ protocol: /^https?$/ }).max(8000) }),
  z.strictObject({ via: z.literal('home') }),
  z.strictObject({ via: z.literal('attachment'), chat: z.string() }),
])
const At = { view: z.string(), document: z.string().max(100), address: Address }
const CallBody = z.strictObject({ ...At, args: z.record(z.string(), z.unknown()).default({}) })
const ShareBody = z.strictObject({
  ...At,
  api: z.enum(['shareAppMessage', 'sendAppMessage', 'menu']),
  args: z.record(z.string(), z.unknown()).default({}),
  chat: z.string(),
})
const WebBody = z.strictObject({
  agentid: z.int().optional(),
  /** Null: no page any more. */
  home: z.url({ protocol: /^https?$/ }).nullable(),
  domain: z
    .string()
    .regex(/^[a-z0-9.-]+(:\d+)?$/, 'must be a host, with its port if it shows one')
    .optional(),
})
const RenewBody = z.strictObject({ kind: z.enum(['corp', 'agent']), agentid: z.int().optional() })

type AtPhone = { Params: { phone: string } }
type AtApi = { Params: { phone: string; api: string } }
type Asked = { view: string; document: string; address: string; args: Record<string, unknown> }

/** What a phone and its person do with a web page: `contract.ts` to the letter. */
export const webRoutes = (app: FastifyInstance, deps: Deps): void => {
  const { world, hosts } = deps
  const base = '/simulator/phones/:phone/web'

  const shown = (phone: PhoneRecord, view: WebView): WebPageView => {
    const { origin } = new URL(view.address)
    if (hosts.target(origin) === null) {
      world.webPages.close(phone)
      throw refused(`This phone cannot reach ${origin}.`)
    }
    return {
      view: view.id,
      host: hosts.frameHost(phone, origin),
      path: view.address.replace(/^https?:\/\/[^/?#]+/i, ''),
      address: view.address,
      attachment: view.chat !== null,
    }
  }

  /** What the client answers; what the person has to confirm stays open. */
  const ask = (phone: PhoneRecord, api: string, call: Asked) => {
    const view = world.webPages.view(phone, call.view, call.document)
    const address = hosts.real(call.address).split('#')[0] ?? ''
    const real = (text: string) => hosts.real(text)
    const input = { phone, view, address, args: call.args, real }
    const operation = BRIDGE_APIS.get(api)
    if (!operation || isMissing(world, input, api)) {
      deps.log.warn(`${phone.id}: WeixinJSBridge has no ${api}`)
      return { view, address, answer: missing(api) }
    }
    return { view, address, answer: operation(world, input) }
  }

  const send = (
    phone: PhoneRecord,
    view: WebView,
    address: string,
    share: WebShare,
    chat: string,
  ) => world.webPages.share(phone, view, { ...share, from: new URL(address).host }, chat)

  app.post<AtPhone>(base, ({ params, body }) => {
    const phone = world.phones.get(params.phone)
    const call = parsed(OpenBody, json(body))
    if (call.via !== 'home') return shown(phone, world.webPages.open(phone, call))
    const url = world.webPages.home(phone)
    if (url === null) throw badInput('via', 'no app has a web page here')
    return shown(phone, world.webPages.open(phone, { via: 'link', url }))
  })

  app.delete<AtPhone>(base, ({ params }) => {
    const phone = world.phones.get(params.phone)
    world.webPages.close(phone)
    return world.phones.view(phone)
  })

  app.post<AtApi>(
    `${base}/bridge/:api`,
    async ({ params, body }): Promise<NativeAnswer | { ask: WebShare }> => {
      const phone = world.phones.get(params.phone)
      const call = parsed(CallBody, json(body))
      const effect = world.takeFault(`bridge.${params.api}`, phone.id)
      if (effect?.kind === 'black-hole') await deps.timer.wait(600_000)
      if (effect?.kind === 'delay') await deps.timer.wait(effect.ms)
      else if (effect?.kind === 'errcode') {
        return fail(params.api, effect.errmsg ?? 'system error', effect.errcode)
      } else if (effect?.kind === 'fail') {
        return {
          err_msg: effect.errMsg,
          ...(effect.errCode !== undefined && { err_code: effect.errCode }),
        }
      }
      const { view, address, answer } = ask(phone, params.api, call)
      if (isAnswer(answer)) return answer
      const { chat, ask: share } = answer
      if (chat === undefined) return { ask: share }
      send(phone, view, address, share, chat)
      return { err_msg: `${params.api}:ok` }
    },
  )

  app.post<AtPhone>(`${base}/shares`, async ({ params, body }, reply) => {
    const phone = world.phones.get(params.phone)
    const { api, chat, ...call } = parsed(ShareBody, json(body))
    // The menu without a listener of the page: the client shares the address that it shows.
    if (api === 'menu') {
      const view = world.webPages.view(phone, call.view, call.document)
      const share = menuShare(deps, view, call)
      const address = hosts.real(call.address).split('#')[0] ?? ''
      return reply.code(201).send({ card: send(phone, view, address, share, chat) })
    }
    const { view, address, answer } = ask(phone, api, call)
    if (isAnswer(answer)) throw refused(answer.err_msg)
    return reply.code(201).send({ card: send(phone, view, address, answer.ask, chat) })
  })

  app.put('/simulator/web', ({ body }) => {
    const { agentid, home, domain } = parsed(WebBody, json(body))
    const web = home === null ? null : { home, domain: domain ?? new URL(home).host }
    return { app: tokenApp(world.setWeb(agentid, web)), web }
  })

  /** The app's page in a computer's browser, which is not a phone: no bridge, and logins of its own. */
  app.get('/simulator/web/browser', (request, reply) => {
    const home = world.webPages.appHome()
    if (home === null) throw badInput('web', 'no app has a web page here')
    const to = hosts.framed(null, home, /:(\d+)$/.exec(request.headers.host ?? '')?.[1] ?? '')
    if (to === null) throw refused(`A browser here cannot reach ${new URL(home).origin}.`)
    return reply.redirect(to, 302)
  })

  app.post('/simulator/web/tickets/renew', ({ body }) => {
    const { kind, agentid } = parsed(RenewBody, json(body))
    const one = world
      .wecomApps()
      .find((known) => agentid === undefined || known.agentid === agentid)
    if (!one) throw badInput('agentid', 'is not known')
    world.jsTickets.renew(kind, kind === 'corp' ? one.corpid : tokenApp(one))
    return { renewed: kind }
  })
}

/** SIM: title and address of the page, as a client without a word from the page has them. */
const menuShare = ({ world, hosts }: Deps, view: WebView, call: Asked): WebShare => {
  const link = hosts.real(call.address)
  const title = call.args['title']
  return {
    title: typeof title === 'string' ? title : '',
    desc: '',
    link,
    imageUrl: null,
    private: isPrivate(world, view, link.split('#')[0] ?? ''),
  }
}
