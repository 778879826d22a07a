import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Deps } from './deps.js'
import { json, parsed } from './input.js'

/** Ids go into URLs and, with a blank between, into keys. */
const Id = z.string().regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -')
const Client = z.enum(['wechat', 'wecom'])
const Platform = z.enum(['ios', 'android', 'windows', 'mac', 'devtools'])
const Version = z.string().regex(/^\d+(\.\d+){0,3}$/, 'must be numbers with dots')
const Language = z.enum(['zh_CN', 'en'])

const NewPerson = z.strictObject({
  id: Id.optional(),
  name: z.string().min(1).max(60),
  wechat: z.boolean().optional(),
  wecomUserid: z
    .string()
    .regex(/^[\w.@-]{1,64}$/)
    .nullable()
    .optional(),
})
const PersonPatch = z.strictObject({
  name: z.string().min(1).max(60).optional(),
  /** Inside the visible range (可见范围) of the WeCom apps. */
  visible: z.boolean().optional(),
})
const phoneFields = {
  platform: Platform.optional(),
  version: Version.optional(),
  sdkVersion: Version.optional(),
  language: Language.optional(),
  miniProgram: z.string().optional(),
}
const NewPhone = z.strictObject({ id: Id.optional(), person: Id, client: Client, ...phoneFields })
const PhonePatch = z.strictObject(phoneFields)
const NewChat = z.strictObject({
  id: Id.optional(),
  client: Client,
  kind: z.enum(['single', 'group']),
  name: z.string().min(1).max(60).optional(),
  members: z.array(Id).min(1).max(500),
  interop: z.boolean().optional(),
})
const Member = z.strictObject({ person: Id })

type WithId = { Params: { id: string } }
type AtPhone = { Params: { phone: string } }
type WithMember = { Params: { id: string; person: string } }

/** People, phones, chats, and who is in them. */
export const peopleRoutes = (app: FastifyInstance, { world }: Deps): void => {
  app.get('/simulator/people', () => ({ people: world.people.list() }))
  app.post('/simulator/people', async ({ body }, reply) =>
    reply.code(201).send(world.people.add(parsed(NewPerson, json(body)))),
  )
  app.get<WithId>('/simulator/people/:id', ({ params }) => world.people.get(params.id))
  app.patch<WithId>('/simulator/people/:id', ({ params, body }) => {
    const { name, visible } = parsed(PersonPatch, json(body))
    if (name !== undefined) world.people.rename(params.id, name)
    if (visible !== undefined) world.people.setVisible(params.id, visible)
    return world.people.get(params.id)
  })

  app.get('/simulator/phones', () => ({ phones: world.phones.list() }))
  app.post('/simulator/phones', async ({ body }, reply) =>
    reply.code(201).send(world.phones.add(parsed(NewPhone, json(body)))),
  )
  app.get<AtPhone>('/simulator/phones/:phone', ({ params }) =>
    world.phones.view(world.phones.get(params.phone)),
  )
  app.patch<AtPhone>('/simulator/phones/:phone', ({ params, body }) =>
    world.phones.update(params.phone, parsed(PhonePatch, json(body))),
  )

  app.get('/simulator/chats', () => ({ chats: world.chats.list() }))
  app.post('/simulator/chats', async ({ body }, reply) =>
    reply.code(201).send(world.chats.add(parsed(NewChat, json(body)))),
  )
  app.post<WithId>('/simulator/chats/:id/members', ({ params, body }) =>
    world.chats.join(params.id, parsed(Member, json(body)).person),
  )
  app.delete<WithMember>('/simulator/chats/:id/members/:person', ({ params }) =>
    world.chats.leave(params.id, params.person),
  )
}
