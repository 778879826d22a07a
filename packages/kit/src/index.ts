export {
  createBffClient,
  type BffClient,
  type BffClientOptions,
  type CardChange,
  type ListCardsOptions,
  type ListOptions,
  type ShareOptions,
} from './bff-client.js'
export { BffError, BffUnreachable, toBffError, type Issue } from './bff-error.js'
export {
  createDeclareShare,
  type DeclareFailure,
  type DeclareShare,
  type DeclareShareOptions,
  type DeclareState,
  type ShareMessage,
} from './declare-share.js'
export { detectPlatform, isWecom } from './detect.js'
export {
  openAndProve,
  type OpenCardOptions,
  type OpenResult,
  type Peek,
  type Refusal,
  type RefusalKind,
} from './open-card.js'
export {
  createOpenController,
  type OpenController,
  type OpenControllerOptions,
  type OpenState,
} from './open-controller.js'
export type { PersonCalls } from './person-calls.js'
export { acceptTemplates, canSubscribe } from './subscribe.js'
export { PlatformError, type PlatformFault } from './platform-error.js'
export type {
  Capabilities,
  Obstacle,
  PlatformKind,
  Proof,
  SharePlatform,
  Ticket,
} from './platform.js'
export type { ProofMemory } from './proof-memory.js'
export type { QyLike } from './qy-types.js'
export type { Reader } from './shapes.js'
export { wxStorage, type KeyValue } from './storage.js'
export { readSystemInfo } from './system-info.js'
export type { KnownSession } from './sessions.js'
export {
  createWebBffClient,
  type WebBffClient,
  type WebBffClientOptions,
  type PageFacts,
} from './web-bff-client.js'
export { createWechatPlatform } from './wechat.js'
export { createWecomPlatform } from './wecom.js'
export { createWecomWebPlatform, type WecomWebOptions, type WecomWebPlatform } from './wecom-web.js'
export type {
  WebPage,
  WebShareContent,
  WebSignatures,
  WwLike,
  WwRegisterOptions,
  WwResult,
} from './ww-types.js'
export { wxRequest, type HttpRequest, type HttpResponse, type SendRequest } from './wx-request.js'
export type {
  UpdateShareMenuOptions,
  WxEnterOptions,
  WxLike,
  WxRequestOptions,
  WxResponse,
  WxSystemInfo,
} from './wx-types.js'
export type { WxCallbacks, WxResult } from './wx-callbacks.js'
export type {
  AccessRequest,
  Card,
  CardPage,
  CardStatus,
  CardSummary,
  ChangeCard,
  CreateCard,
  Declaration,
  ErrorCode,
  Me,
  MemberPolicy,
  MyNotices,
  Opening,
  OpeningStatus,
  PersonCopy,
  Policy,
  RefusedOpening,
  Session,
  Share,
  Viewer,
  ViewerOpenings,
} from '@sealcard/protocol'
