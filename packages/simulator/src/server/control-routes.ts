import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { NewFault } from '../world/faults.js'
import { badInput, notFound } from '../world/problem.js'
import { SettingsPatch } from '../world/settings.js'
import { seedDemo } from '../world/seed.js'
import { tokenApp } from '../world/world.js'
import type { Deps } from './deps.js'
import { checkedFault, OPERATIONS } from './fault-input.js'
import { json, parsed } from './input.js'

const Client = z.enum(['wechat', 'wecom'])
const ClockBody = z.union([
  z.strictObject({ advance: z.int() }),
  z.strictObject({ set: z.int().min(0) }),
  z.strictObject({ frozen: z.boolean() }),
  z.strictObject({ real: z.literal(true) }),
])
const SessionBody = z.strictObject({
  client: Client,
  person: z.string(),
  miniProgram: z.string().optional(),
})
const RequestsQuery = z.object({ operation: z.string().optional() })
const ResetBody = z.strictObject({ seed: z.enum(['empty', 'demo']).default('empty') })
const DomainsBody = z.record(z.url({ protocol: /^https$/ }), z.url({ protocol: /^https?$/ }))
const InvalidateBody = z.strictObject({ client: Client.optional() })

/** `/simulator/…`: what no platform offers. */
export const controlRoutes = (app: FastifyInstance, deps: Deps): void => {
  const { world } = deps

  const status = () => ({
    ready: true,
    name: 'sealcard-simulator',
    version: deps.version,
    docs: 'packages/simulator/SIMULATOR.md',
    now: world.now(),
    apps: world.wechatApps().map(({ appid, name }) => ({
      appid,
      name,
      linkedTo: world.linkedTo(appid)?.corpid ?? null,
    })),
    domains: [...deps.domains.keys()],
  })
  app.get('/simulator', status)
  app.get('/simulator/', status)

  app.get('/simulator/clock', () => world.time.get())
  app.post('/simulator/clock', ({ body }) => {
    const change = parsed(ClockBody, json(body))
    if ('advance' in change) return world.time.advance(change.advance)
    if ('set' in change) return world.time.set(change.set)
    if ('real' in change) return world.time.back()
    return change.frozen ? world.time.freeze() : world.time.resume()
  })

  const session = (body: unknown) => {
    const { client, person, miniProgram } = parsed(SessionBody, json(body))
    world.people.get(person)
    const app = miniProgram ?? world.wechatApps()[0]?.appid
    if (app === undefined || !world.wechatApp(app)) throw badInput('miniProgram', 'is not known')
    return { client, person, app }
  }
  app.post('/simulator/session-keys/rotate', ({ body }) => {
    const { client, person, app: appid } = session(body)
    return { since: world.sessions.rotate(client, appid, person).since }
  })
  app.post('/simulator/session-keys/expire', ({ body }) => {
    const { client, person, app: appid } = session(body)
    world.sessions.end(client, appid, person)
    return { ended: true }
  })

  app.post('/simulator/tokens/invalidate', ({ body }) => {
    const { client } = parsed(InvalidateBody, json(body))
    const names = [
      ...(client === 'wecom' ? [] : world.wechatApps().map((known) => known.appid)),
      ...(client === 'wechat' ? [] : world.wecomApps().map(tokenApp)),
    ]
    const counts = names.map((name) => world.tokens.invalidate(name))
    return { invalidated: counts.reduce((sum, n) => sum + n, 0) }
  })

  app.get('/simulator/operations', () => ({ operations: OPERATIONS }))
  app.get('/simulator/faults', () => ({ faults: world.faults.list() }))
  app.post('/simulator/faults', async ({ body }, reply) => {
    const fault = world.faults.add(checkedFault(parsed(NewFault, json(body))))
    world.changed('faults', fault.id)
    return reply.code(201).send(fault)
  })
  app.delete('/simulator/faults', () => {
    world.faults.clear()
    world.changed('faults')
    return { faults: [] }
  })
  app.delete<{ Params: { id: string } }>('/simulator/faults/:id', ({ params }) => {
    if (!world.faults.remove(params.id)) throw notFound('fault', params.id)
    world.changed('faults', params.id)
    return { faults: world.faults.list() }
  })

  app.get('/simulator/requests', ({ query }) => ({
    requests: deps.requests.listCalls(parsed(RequestsQuery, query).operation),
  }))
  app.delete('/simulator/requests', () => {
    deps.requests.clear()
    return { requests: [] }
  })

  app.get('/simulator/settings', () => world.settings)
  app.patch('/simulator/settings', ({ body }) =>
    world.patchSettings(parsed(SettingsPatch, json(body))),
  )

  app.get('/simulator/domains', () => Object.fromEntries(deps.domains))
  app.patch('/simulator/domains', ({ body }) => {
    for (const [from, to] of Object.entries(parsed(DomainsBody, json(body)))) {
      deps.domains.set(new URL(from).origin, to)
    }
    return Object.fromEntries(deps.domains)
  })

  app.get('/simulator/world', () => world.exportPortable())
  app.put('/simulator/world', ({ body }) => {
    world.importPortable(json(body))
    return status()
  })

  app.get('/simulator/state', () => world.export())
  app.put('/simulator/state', ({ body }) => {
    world.import(json(body))
    return status()
  })
  app.post('/simulator/reset', ({ body }) => {
    const { seed } = parsed(ResetBody, json(body))
    world.reset()
    deps.requests.clear()
    deps.calls.clear()
    if (seed === 'demo') seedDemo(world)
    return status()
  })
}
