import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { BotPlatforms } from '../bots/bot-platforms.js'
import type { BotPlatform } from '../bots/bot-platform.js'
import { chatLines } from '../bots/chat-lines.js'
import { BotReplyFault, BotSendRefused } from '../bots/fault.js'
import type { PhoneBots } from '../contract.js'
import type { Exchange } from '../world/bot-types.js'
import { badInput, notFound, refused } from '../world/problem.js'
import type { BotRecord } from '../world/records.js'
import type { World } from '../world/world.js'
import { Send } from './bot-input.js'
import type { Deps } from './deps.js'
import { json, parsed } from './input.js'

const NewBot = z.strictObject({
  id: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -')
    .optional(),
  url: z.url({ protocol: /^https?$/ }),
  token: z.string().regex(/^[A-Za-z0-9]{1,32}$/, 'must be 1 to 32 letters and digits'),
  encodingAesKey: z.string().regex(/^[A-Za-z0-9]{43}$/, 'must be 43 letters and digits'),
  receiveId: z.string().max(64).optional(),
  aibotid: z.string().min(1).max(64).optional(),
  name: z.string().min(1).max(60).optional(),
})

const ChangedBot = NewBot.omit({ id: true })

type AtBot = { Params: { bot: string } }
type AtStream = { Params: { bot: string; stream: string } }
type AtMedia = { Params: { code: string } }
type AtPhone = { Params: { phone: string } }

/** `/simulator/bots/…`: what an administrator and the members of the corp do with a smart bot. Keys are never shown again. */
export const botRoutes = (app: FastifyInstance, deps: Deps): void => {
  const { world } = deps
  const platforms = new BotPlatforms(world, deps)

  app.get('/simulator/bots', () => ({ bots: world.bots.list().map(shown) }))
  app.post('/simulator/bots', async ({ body }, reply) =>
    reply.code(201).send(shown(world.bots.add(parsed(NewBot, json(body))))),
  )
  app.put<AtBot>('/simulator/bots/:bot', ({ params, body }) =>
    shown(world.bots.put(params.bot, parsed(ChangedBot, json(body)))),
  )
  app.get<AtBot>('/simulator/bots/:bot', ({ params }) => shown(world.bots.get(params.bot)))
  app.delete<AtBot>('/simulator/bots/:bot', ({ params }) => {
    world.bots.remove(params.bot)
    return { bots: world.bots.list().map(shown) }
  })

  app.post<AtBot>('/simulator/bots/:bot/verify', ({ params }) =>
    platforms
      .platform(params.bot)
      .verifyUrl()
      .catch((error: unknown) => {
        if (!(error instanceof BotReplyFault)) throw error
        return { ms: null, status: null, complaints: error.complaints }
      }),
  )

  app.get<AtBot>('/simulator/bots/:bot/exchanges', ({ params }) => ({
    exchanges: world.bots.get(params.bot).state.exchanges,
  }))

  app.post<AtBot>('/simulator/bots/:bot/sends', async ({ params, body }) => {
    const call = parsed(Send, json(body))
    const platform = platforms.platform(params.bot)
    const { wait, from: person, ...rest } = call
    const from = userid(world, person)
    if ('chat' in rest && rest.chat !== undefined) mustBeInGroup(world, rest.chat, person)
    const follow = wait === 'finish'
    const exchange = await outcome(send(platform, { ...rest, from, follow }))
    if (!follow && exchange?.stream?.finished === false && exchange.complaints.length === 0) {
      void outcome(platform.followStream(exchange.stream.id)).catch((error: unknown) =>
        deps.log.warn(`bot ${params.bot}: ${String(error)}`),
      )
    }
    return { exchange }
  })

  app.post<AtStream>('/simulator/bots/:bot/streams/:stream/refresh', async ({ params }) => ({
    exchange: await outcome(platforms.platform(params.bot).pollStream(params.stream)),
  }))

  app.get<AtPhone>('/simulator/phones/:phone/bots', ({ params }): PhoneBots => {
    const { client, person } = world.phones.get(params.phone)
    const userid = client === 'wecom' ? world.people.get(person).wecomUserid : null
    if (userid === null) return { bots: [] }
    return {
      bots: world.bots.list().map(({ id, config: { name }, state }) => ({
        id,
        name,
        lines: chatLines(state, userid),
      })),
    }
  })

  app.get<AtMedia>('/bot-media/:code', ({ params }, reply) => {
    const bytes = platforms.mediaFile(params.code)
    if (bytes === null) throw notFound('media', params.code)
    return reply.type('application/octet-stream').send(bytes)
  })
}

type Call = Omit<Send, 'wait'> & { follow: boolean }

const send = (bot: BotPlatform, call: Call): Promise<Exchange | null> => {
  const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64')
  const c = call as Send & { follow: boolean }
  switch (c.kind) {
    case 'text':
      return bot.sendText(c)
    case 'mixed':
      return bot.sendMixed({
        ...c,
        items: c.items.map((item) => ('text' in item ? item : { image: bytes(item.image) })),
      })
    case 'image':
      return bot.sendImage({ ...c, image: bytes(c.data) })
    case 'voice':
      return bot.sendVoice(c)
    case 'file':
      return bot.sendFile({ ...c, file: bytes(c.data) })
    case 'video':
      return bot.sendVideo({ ...c, video: bytes(c.data) })
    case 'enter':
      return bot.enterChat(c)
    case 'click':
      return bot.clickButton(c)
    case 'feedback': {
      const { from, corpid, chat, id, type, content, inaccurate_reason_list } = c
      return bot.feedback({
        from,
        corpid,
        chat,
        id,
        type,
        ...(content === undefined ? {} : { content }),
        ...(inaccurate_reason_list === undefined ? {} : { inaccurate_reason_list }),
      })
    }
  }
}

/** A fault of the bot is an outcome, not a mistake of the caller. */
const outcome = async (sent: Promise<Exchange | null>): Promise<Exchange | null> => {
  try {
    return await sent
  } catch (error) {
    if (error instanceof BotReplyFault) return error.exchange ?? null
    if (error instanceof BotSendRefused) throw refused(error.message)
    throw error
  }
}

const shown = ({ id, config, state }: BotRecord) => ({
  id,
  url: config.url,
  aibotid: config.aibotid,
  name: config.name,
  receiveId: config.receiveId,
  exchanges: state.exchanges.length,
  complaints: state.exchanges.reduce((sum, { complaints }) => sum + complaints.length, 0),
})
export type BotView = ReturnType<typeof shown>

const userid = (world: World, person: string): string => {
  const { wecomUserid, name } = world.people.get(person)
  if (wecomUserid === null) throw badInput('from', `${name} is not a member of the corp`)
  return wecomUserid
}

const mustBeInGroup = (world: World, id: string, person: string): void => {
  const chat = world.chats.get(id)
  if (chat.client !== 'wecom' || chat.kind !== 'group') {
    throw badInput('chat', 'must be a WeCom group; leave it out for the 1-to-1 chat')
  }
  if (!chat.members.includes(person)) throw badInput('from', 'is not in this group')
}
