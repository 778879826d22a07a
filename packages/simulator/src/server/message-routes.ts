import type { FastifyInstance } from 'fastify'
import type { BotLine, PhoneMessages } from '../contract.js'
import type { AppMessageRecord } from '../world/records.js'
import { tokenApp } from '../world/world.js'
import type { Deps } from './deps.js'

type AtPhone = { Params: { phone: string } }

/** `GET /simulator/phones/:phone/messages`: what the corp's apps wrote to the member whose WeCom phone this is. */
export const messageRoutes = (app: FastifyInstance, { world }: Deps): void => {
  app.get<AtPhone>('/simulator/phones/:phone/messages', ({ params }): PhoneMessages => {
    const { client, person } = world.phones.get(params.phone)
    if (client !== 'wecom') return { apps: [] }
    const messages = world.appMessages.of(person)
    const chats = world.wecomApps().map((sender) => ({
      id: tokenApp(sender),
      name: world.wechatApp(sender.miniProgram ?? '')?.name ?? String(sender.agentid),
      lines: messages.filter((message) => message.app === tokenApp(sender)).map(line),
    }))
    return { apps: chats.filter(({ lines }) => lines.length > 0) }
  })
}

const line = ({ id, at, text }: AppMessageRecord): BotLine => ({
  kind: 'text',
  id,
  at,
  text,
  busy: false,
  feedback: null,
})
