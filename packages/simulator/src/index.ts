export type {
  BotCard,
  BotChat,
  BotChoice,
  BotLine,
  BotSelect,
  BotTarget,
  BridgeAnswer,
  BridgeCall,
  Chat,
  ChatCard,
  ChatView,
  Client,
  DevicePlatform,
  EnterOptions,
  ForwardCall,
  OpenCall,
  Person,
  Phone,
  PhoneBots,
  PhoneChats,
  PhoneMessages,
  PhoneView,
  Refusal,
  RequestAnswer,
  RequestCall,
  RequestRecord,
  SentCard,
  ShareCall,
  SimulatorEvent,
  WebCall,
  WebPageView,
  WebShareCall,
  WxAnswer,
  WxCall,
} from './contract.js'
export { FAKE_WECHAT_SECRET, FAKE_WECOM_SECRET, fakeApps } from './fake-apps.js'
export { ManualClock, SeededRandom } from './adapters/manual.js'
export { memoryStore } from './adapters/file-store.js'
export type { Clock, Log, Network, Random, Timer, WorldStore } from './ports.js'
export { startSimulator, type Simulator, type SimulatorOptions } from './start-simulator.js'
export {
  SimulatorClient,
  SimulatorRefusal,
  type FaultEffectInput,
  type SessionAt,
} from './client/simulator-client.js'
export { BotClient, type BotCheck } from './client/bot-client.js'
export type { BotView } from './server/bot-routes.js'
export type { SendInput } from './server/bot-input.js'
export type { NewBot } from './world/bots.js'
export { PhoneClient } from './client/phone-client.js'
export type { ServerCallRecord } from './server/request-log.js'
export type { FaultEffect, Fault } from './world/faults.js'
export type { Settings } from './world/settings.js'
export type { WechatApp, WecomApp, WorldState } from './world/records.js'
export { MAGIC } from './world/magic.js'
export { seedDemo } from './world/seed.js'
export { World, type Apps } from './world/world.js'
export {
  buildWeapp,
  describeProblem,
  WeappBuildError,
  type AppJson,
  type SubPackage,
  type WeappBundle,
  type WeappProblem,
} from './weapp/index.js'
export {
  openJsdomPhone,
  simulatorLink,
  type JsdomPhone,
  type JsdomPhoneOptions,
  type PhoneLink,
} from './jsdom-phone/index.js'
export { ClientRefused, PhonePage, type PageLike, type ShareOptions } from './phone-driver/index.js'
export {
  botPlatform,
  BotPlatform,
  BotReplyFault,
  BotSendRefused,
  describeComplaint,
  type BotOptions,
  type BotSettings,
  type Click,
  type Complaint,
  type Exchange,
  type Feedback,
  type MixedItem,
  type OwnBot,
  type Quote,
  type SendOptions,
  type UrlCheck,
} from './bots/index.js'
