import type { FastifyInstance } from 'fastify'
import type { BotLine, PhoneMessages } from '../contract.js'
import type { AppMessageRecord } from '../world/records.js'
import { tokenApp } from '../world/world.js'
import type { Deps } from './deps.js'

type AtPhone = { Params: { phone: string } }

/** Where WeChat shows messages of mini-programs. */
const SERVICE_NOTICES = '服务通知'

/**
 * `GET /simulator/phones/:phone/messages`: what the corp's apps wrote to the member whose WeCom phone this is; on a WeChat
 * phone the service notices that the person accepted.
 */
export const messageRoutes = (app: FastifyInstance, { world }: Deps): void => {
  app.get<AtPhone>('/simulator/phones/:phone/messages', ({ params }): PhoneMessages => {
    const { client, person } = world.phones.get(params.phone)
    const messages = world.appMessages.of(person)
    if (client !== 'wecom') {
      const appids = new Set(world.wechatApps().map(({ appid }) => appid))
      const lines = messages.filter(({ app }) => appids.has(app)).map(line)
      return { apps: lines.length > 0 ? [{ id: 'notices', name: SERVICE_NOTICES, lines }] : [] }
    }
    const chats = world.wecomApps().map((sender) => ({
      id: tokenApp(sender),
      name: world.wechatApp(sender.miniProgram ?? '')?.name ?? String(sender.agentid),
      lines: messages.filter((message) => message.app === tokenApp(sender)).map(line),
    }))
    return { apps: chats.filter(({ lines }) => lines.length > 0) }
  })
}

const line = ({ id, at, text, card }: AppMessageRecord): BotLine =>
  card
    ? { kind: 'card', id, at, card }
    : {
        kind: 'text',
        id,
        at,
        text,
        busy: false,
        feedback: null,
      }
