import { z } from 'zod'
import { HOUR, SECOND } from '../../core/time.js'
import { MessageRefused, type PlatformError } from '../calls/platform-error.js'
import type { AppMessage, BotClient, BotRules, PlatformServices } from '../registry/platform.js'
import { NOT_ALLOWED, TRY_LATER } from './errcodes.js'
import { OFFICIAL_API_BASE, type WecomAppConfig } from './wecom-app.js'

/** Where a later answer goes (WeCom 101138), below the app's `apiBase`. */
export const RESPONSE_PATH = '/cgi-bin/aibot/response'

export const wecomBots: BotRules<WecomAppConfig> = {
  tenantOf: ({ corpid }) => corpid,

  replyQuery({ apiBase, unofficialApiBase }, url) {
    if (!URL.canParse(url)) return undefined
    // Behind a relay the platform still writes its own address.
    const bases = unofficialApiBase ? [apiBase, OFFICIAL_API_BASE] : [apiBase]
    for (const base of bases) {
      const query = queryBelow(url, base)
      if (query) return query
    }
    return undefined
  },
}

const queryBelow = (url: string, apiBase: string): Record<string, string> | undefined => {
  const given = new URL(url)
  const base = new URL(apiBase)
  const path = `${base.pathname.replace(/\/+$/, '')}${RESPONSE_PATH}`
  if (given.origin !== base.origin || given.pathname !== path) return undefined
  if (given.username !== '' || given.password !== '') return undefined
  const pairs = [...given.searchParams]
  const query = Object.fromEntries(pairs)
  if (pairs.length !== Object.keys(query).length || !query['response_code']) return undefined
  return query
}

/** The platform's longest time of recognising what is sent again (90236). */
const DUPLICATES_S = (4 * HOUR) / SECOND
/** As WeCom's directory has them (90195). Anything else could mean more people than one: `|` divides, `@all` is all. */
const USERID = /^[0-9A-Za-z][\w\-@.]{0,63}$/

const names = z.unknown().optional()
const sent = z.looseObject({ invaliduser: names, unlicenseduser: names })

/** 90236. The app's mini-program notice names no agentid: the linked mini-program is what it comes from. */
const bodyOf = ({ agentid }: WecomAppConfig, message: AppMessage): Record<string, unknown> => {
  if (message.form === 'text') return { msgtype: 'text', agentid, text: { content: message.text } }
  if (message.form === 'link') {
    const { title, text: description, url } = message
    return { msgtype: 'textcard', agentid, textcard: { title, description, url } }
  }
  const { appid, page, title, items: content_item } = message
  return { msgtype: 'miniprogram_notice', miniprogram_notice: { appid, page, title, content_item } }
}

/** What a bot's app sends. */
export class WecomBotClient implements BotClient<WecomAppConfig> {
  constructor(private readonly services: Pick<PlatformServices, 'http' | 'tokens'>) {}

  /** 发送应用消息 (90236). The platform drops the same message to the same person within four hours. */
  async sendMessage(app: WecomAppConfig, userid: string, message: AppMessage): Promise<void> {
    if (!USERID.test(userid)) throw new MessageRefused()
    const { http, tokens } = this.services
    const { invaliduser, unlicenseduser } = await tokens.withToken(app, (token) =>
      http.call({
        app,
        operation: 'message/send',
        method: 'POST',
        path: '/cgi-bin/message/send',
        query: { access_token: token },
        body: {
          touser: userid,
          ...bodyOf(app, message),
          enable_duplicate_check: 1,
          duplicate_check_interval: DUPLICATES_S,
        },
        notAllowed: NOT_ALLOWED,
        schema: sent,
        idempotent: false,
      }),
    )
    if (invaliduser || unlicenseduser) throw new MessageRefused()
  }

  mayPass({ errcode }: PlatformError): boolean {
    return TRY_LATER.includes(errcode)
  }

  /** The message's response_url (101138): once, and within its hour. */
  async reply(
    app: WecomAppConfig,
    query: Record<string, string>,
    body: Record<string, unknown>,
  ): Promise<void> {
    await this.services.http.call({
      app,
      operation: 'aibot.response',
      method: 'POST',
      path: RESPONSE_PATH,
      query,
      body,
      notAllowed: NOT_ALLOWED,
      schema: z.looseObject({}),
      idempotent: false,
    })
  }
}
