export { botPlatform, OwnBot, type BotOptions } from './own-bot.js'
export {
  BotPlatform,
  type Click,
  type Feedback,
  type MixedItem,
  type SendOptions,
} from './bot-platform.js'
export { BotReplyFault, BotSendRefused, describeComplaint } from './fault.js'
export type { Quote } from './payloads.js'
export type { UrlCheck } from './verify-url.js'
export type { BotSettings, Complaint, Exchange } from '../world/bot-types.js'
