import { Injectable } from '@nestjs/common'
import { People } from '../chat-members/person.js'
import type { Bot } from '../registry/bots.service.js'
import type { BotNoticeEntity } from '../storage/bot-notice.entity.js'
import { messageText, NoticeLines } from './notice-lines.js'

/** `erased`: the owner was erased. `too_late`: all notices are old news. */
export type WrittenMessage =
  { readonly userid: string; readonly content: string } | 'erased' | 'too_late'

/** Writes the notices of one owner as one message, in the language that the owner last used with the bot. */
@Injectable()
export class AppMessageWriter {
  constructor(
    private readonly people: People,
    private readonly lines: NoticeLines,
  ) {}

  async write(
    bot: Bot,
    viewerId: string,
    notices: readonly BotNoticeEntity[],
  ): Promise<WrittenMessage> {
    const userid = await this.people.useridOf(viewerId)
    if (userid === undefined) return 'erased'
    const language = await this.people.languageOf(bot, viewerId)
    const lines = await this.lines.of(viewerId, language, notices)
    return lines.length === 0 ? 'too_late' : { userid, content: messageText(language, lines) }
  }
}
