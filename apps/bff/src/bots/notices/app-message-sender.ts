import { Injectable } from '@nestjs/common'
import { z } from 'zod'
import { PlatformError } from '../../platforms/calls/platform-error.js'
import { PlatformHttp } from '../../platforms/calls/platform-http.js'
import { AccessTokens } from '../../platforms/tokens/access-tokens.js'
import { BotLog } from '../registry/bot-log.js'
import type { Bot } from '../registry/bots.service.js'

/** 4 hours, the longest time in which the platform recognises a repeated message (90236). */
const DUPLICATES_S = 4 * 60 * 60
/** 45009: too many calls; 45033: too many at once. */
const TRY_LATER: readonly number[] = [45009, 45033]
/** As WeCom's directory has them (90195). Other texts could mean several people: `|` divides, `@all` is everyone. */
const USERID = /^[0-9A-Za-z][\w\-@.]{0,63}$/

const names = z.unknown().optional()
const MessageAnswer = z.looseObject({ invaliduser: names, unlicenseduser: names })

/** `retried`: the platform may take the same message later. `refused`: it never will. */
export type SendOutcome = 'sent' | 'retried' | 'refused'

/** Sends a text as a message of the bot's app (发送应用消息, 90236). */
@Injectable()
export class AppMessageSender {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly http: PlatformHttp,
    private readonly log: BotLog,
  ) {}

  async send(bot: Bot, userid: string, content: string): Promise<SendOutcome> {
    const { id, app } = bot
    if (!USERID.test(userid)) return this.#notToThisPerson(id)
    try {
      const { invaliduser, unlicenseduser } = await this.tokens.withToken(app, (token) =>
        this.#call(app, token, userid, content),
      )
      return invaliduser || unlicenseduser ? this.#notToThisPerson(id) : 'sent'
    } catch (error) {
      // Everything but a refusal may pass. A message that did arrive is sent again unchanged: see DUPLICATES_S.
      const isFinal = error instanceof PlatformError && !TRY_LATER.includes(error.errcode)
      const outcome = isFinal ? 'refused' : 'retried'
      this.log.messageFailed(id, outcome, error)
      return outcome
    }
  }

  #notToThisPerson(botId: string): SendOutcome {
    this.log.messageFailed(botId, 'refused', new Error('not to this person'))
    return 'refused'
  }

  #call(
    app: Bot['app'],
    token: string,
    touser: string,
    content: string,
  ): Promise<z.infer<typeof MessageAnswer>> {
    return this.http.call({
      app,
      operation: 'message/send',
      method: 'POST',
      path: '/cgi-bin/message/send',
      query: { access_token: token },
      body: {
        touser,
        msgtype: 'text',
        agentid: app.agentid,
        text: { content },
        enable_duplicate_check: 1,
        duplicate_check_interval: DUPLICATES_S,
      },
      schema: MessageAnswer,
      idempotent: false,
    })
  }
}
