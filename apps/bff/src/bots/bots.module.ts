import { Module } from '@nestjs/common'
import { CardsModule } from '../cards/cards.module.js'
import { OpeningsModule } from '../openings/openings.module.js'
import { BotHealth } from './bot-health.js'
import { BotLog } from './bot-log.js'
import { BotMetrics } from './bot-metrics.js'
import { Bots } from './bots.service.js'
import { CallbackController } from './callback/callback.controller.js'
import { CallbackGate } from './callback/callback-gate.js'
import { CallbackRefusals } from './callback/callback-refusals.js'
import { CallbackService } from './callback/callback.service.js'
import { ChangeCommands } from './desk/change-commands.js'
import { RefusalJournal } from './callback/refusal-journal.js'
import { Desk } from './desk/desk.js'
import { Notices } from './desk/notices.js'
import { OwnCards } from './desk/own-cards.js'
import { People } from './desk/person.js'
import { ReadCommands } from './desk/read-commands.js'
import { LaterAnswers } from './outbox/later-answers.js'
import { ReplyForms } from './outbox/reply-forms.js'
import { StreamPolls } from './outbox/stream-polls.js'
import { OutboxWorker } from './outbox/worker.js'
import { AppMessages } from './notices/app-messages.js'
import { NoticeFinder } from './notices/notice-finder.js'
import { NoticeLines } from './notices/notice-lines.js'
import { NoticeWorker } from './notices/notice-worker.js'
import { BotCallbackRepository } from './storage/bot-callback.repository.js'
import { BotJobRepository } from './storage/bot-job.repository.js'
import { BotNoticeCursors } from './storage/bot-notice-cursors.js'
import { BotRefusalRepository } from './storage/bot-refusal.repository.js'
import { BotNoticeRepository } from './storage/bot-notice.repository.js'

/** WeCom smart bots: cards from the chat. */
@Module({
  imports: [CardsModule, OpeningsModule],
  controllers: [CallbackController],
  providers: [
    Bots,
    BotLog,
    BotMetrics,
    BotHealth,
    CallbackGate,
    BotRefusalRepository,
    RefusalJournal,
    CallbackRefusals,
    CallbackService,
    BotCallbackRepository,
    BotJobRepository,
    People,
    OwnCards,
    ReadCommands,
    ChangeCommands,
    Notices,
    Desk,
    ReplyForms,
    StreamPolls,
    LaterAnswers,
    OutboxWorker,
    BotNoticeRepository,
    BotNoticeCursors,
    NoticeLines,
    NoticeFinder,
    AppMessages,
    NoticeWorker,
  ],
  exports: [Bots, BotHealth],
})
export class BotsModule {}
