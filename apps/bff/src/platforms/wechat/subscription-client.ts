import { z } from 'zod'
import { MessageRefused, PlatformError } from '../calls/platform-error.js'
import type { PlatformServices } from '../registry/platform.js'
import type { SubscriptionClient, SubscriptionMessage } from '../registry/subscription-platform.js'
import { MESSAGE_REFUSED, NOT_ALLOWED, TRY_LATER } from './errcodes.js'
import { templateData } from './subscription-template.js'
import type { WechatAppConfig } from './wechat-app.js'

/** W30: the language of the line that opens the mini-program. */
const LANGUAGES = { zh: 'zh_CN', en: 'en_US' } as const

/** Messages that a person accepted by `wx.requestSubscribeMessage`. */
export class WechatSubscriptionClient implements SubscriptionClient<WechatAppConfig> {
  constructor(private readonly services: Pick<PlatformServices, 'http' | 'tokens'>) {}

  /** 发送订阅消息 (W30). */
  async send(app: WechatAppConfig, openid: string, message: SubscriptionMessage): Promise<void> {
    const template = app.templates?.[message.event]
    if (!template) throw new TypeError(`no template for ${message.event}`)
    const { http, tokens } = this.services
    try {
      await tokens.withToken(app, (token) =>
        http.call({
          app,
          operation: 'subscribe/send',
          method: 'POST',
          path: '/cgi-bin/message/subscribe/send',
          query: { access_token: token },
          body: {
            touser: openid,
            template_id: template.id,
            page: message.page,
            data: templateData(template, message, app.timeZone),
            lang: LANGUAGES[message.language],
          },
          notAllowed: NOT_ALLOWED,
          schema: z.looseObject({}),
          // A second call is a second message.
          idempotent: false,
        }),
      )
    } catch (error) {
      if (error instanceof PlatformError && MESSAGE_REFUSED.includes(error.errcode))
        throw new MessageRefused()
      throw error
    }
  }

  mayPass({ errcode }: PlatformError): boolean {
    return TRY_LATER.includes(errcode)
  }
}
