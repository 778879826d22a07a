import { Module } from '@nestjs/common'
import { MembersModule } from '../members/members.module.js'
import { BotHealth } from './bot-health.js'
import { CallbackGroups } from './callback/callback-groups.js'
import { CallbackReader } from './callback/callback-reader.js'
import { CallbackRefusals } from './callback/callback-refusals.js'
import { CallbackVerifier } from './callback/callback-verifier.js'
import { CallbackController } from './callback/callback.controller.js'
import { CallbackService } from './callback/callback.service.js'
import { InboundJournal, RefusalJournal } from './callback/callback-journals.js'
import { ReplyStore } from './callback/reply-store.js'
import { TimedPreparation } from './callback/reply-mode.js'
import { OwnCards } from './chat-members/own-cards.js'
import { People } from './chat-members/person.js'
import { CardChoice } from './commands/card-choice.js'
import { ChangeCommands } from './commands/change-commands.js'
import { CommandHandler } from './commands/command-handler.js'
import { ReadCommands } from './commands/read-commands.js'
import { AppMessageSender, AppMessageWriter, AppMessages } from './notices/app-messages.js'
import { CardEvents } from './notices/card-events.js'
import { ConversationNotices } from './notices/conversation-notices.js'
import { NoticeFinder } from './notices/notice-finder.js'
import { NoticeWorker } from './notices/notice-worker.js'
import { SubscribedApps } from './notices/subscribed-apps.js'
import { SubscriptionMessages } from './notices/subscription-messages.js'
import { SubscriptionNews } from './notices/subscription-news.js'
import { SubscriptionSender } from './notices/subscription-sender.js'
import { NoticeLines } from './notices/notice-lines.js'
import { NoticePeople } from './notices/notice-people.js'
import { DelayedReplies } from './outbox/delayed-replies.js'
import { Outbox, StreamPolls } from './outbox/outbox.js'
import { OutboxWorker } from './outbox/worker.js'
import { BotLog } from './registry/bot-log.js'
import { BotMetrics } from './registry/bot-metrics.js'
import { Bots } from './registry/bots.service.js'
import { ReplyBuilder } from './replies/reply-builder.js'
import { BotCallbackRepository } from './storage/bot-callback.repository.js'
import { BotJobRepository } from './storage/bot-job.repository.js'
import { BotNoticeCursors } from './storage/bot-notice-cursors.js'
import { BotNoticeRepository } from './storage/bot-notice.repository.js'
import { BotRefusalRepository } from './storage/bot-refusal.repository.js'

/** WeCom smart bots: people manage their cards in a chat. */
@Module({
  imports: [MembersModule],
  controllers: [CallbackController],
  providers: [
    Bots,
    BotLog,
    BotMetrics,
    BotHealth,
    CallbackVerifier,
    BotRefusalRepository,
    RefusalJournal,
    CallbackRefusals,
    CallbackReader,
    ReplyStore,
    TimedPreparation,
    InboundJournal,
    CallbackGroups,
    CallbackService,
    BotCallbackRepository,
    BotJobRepository,
    People,
    OwnCards,
    ReadCommands,
    ChangeCommands,
    CardChoice,
    CommandHandler,
    ReplyBuilder,
    StreamPolls,
    DelayedReplies,
    OutboxWorker,
    Outbox,
    BotNoticeRepository,
    BotNoticeCursors,
    NoticeLines,
    NoticePeople,
    CardEvents,
    ConversationNotices,
    NoticeFinder,
    AppMessageWriter,
    AppMessageSender,
    AppMessages,
    NoticeWorker,
    SubscribedApps,
    SubscriptionNews,
    SubscriptionSender,
    SubscriptionMessages,
  ],
  exports: [Bots, BotHealth],
})
export class BotsModule {}
