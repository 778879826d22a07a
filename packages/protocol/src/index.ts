export {
  ERROR_CODES,
  type ErrorCode,
  ERRORS,
  INTERNAL_ERRORS,
  type InternalErrorCode,
} from './error-codes.js'
export { Problem } from './problem.js'
export { ServiceStatus } from './service-status.js'
export { cursor, id, line, page, pageSize, placeText, text, utc } from './text.js'
export { CreateSession, Session } from './sessions.js'
export { ChangeMe, Me, NameSource, Viewer, ViewerCode } from './viewers.js'
export {
  Card,
  CardData,
  CardPage,
  CardReference,
  CardShare,
  CardStatus,
  CardSummary,
  ChangeCard,
  ChangePolicy,
  CreateCard,
  IdempotencyKey,
  ListCards,
  OpeningCounts,
  Policy,
} from './cards.js'
export {
  ChangeServerCard,
  CreateServerCard,
  CreateServerSession,
  Receipt,
  ReceiptKeySet,
  ServerCard,
  ServerOpening,
  ServerViewer,
  ServerViewerOpenings,
  ServerViewerOpeningsPage,
} from './servers.js'
export { CreateShare, Declaration, Share } from './shares.js'
export {
  CreateOpening,
  ListOpenings,
  Opening,
  NotOpened,
  OpeningStatus,
  OwnCard,
  Peeked,
  RefusedOpening,
  RefusedOpeningPage,
  ViewerOpenings,
  ViewerOpeningsPage,
} from './openings.js'
export {
  AccessAsked,
  AccessRequest,
  AccessRequestPage,
  AskAccess,
  ListAccessRequests,
} from './requests.js'
export { ChooseNotices, MyNotices, NoticeKind, Subscribe, SubscriptionEvent } from './notices.js'
export { DoctorRun, GiveSample } from './h5-doctor.js'
export { CurrentSession, PageSignatures, SignPage } from './web-pages.js'
export { PersonCopy } from './person.js'
export { Act, ActReason } from './admin/reason.js'
export { PERMISSIONS, type Permission, ROLES } from './admin/roles.js'
export {
  type ActKind,
  ACTS,
  type InBothLanguages,
  OPENING_REASONS,
  type OpeningReason,
} from './admin/words.js'
export {
  AdminLogin,
  AdminName,
  AdminRole,
  AdminSession,
  AdminSetup,
  BeginEnrolment,
  ChangePassword,
  ConfirmEnrolment,
  Enrolment,
  NewPassword,
} from './admin/login.js'
export {
  AdminAccount,
  AdminAccounts,
  AdminLoginSession,
  AdminLoginSessions,
  ChangedAccount,
  ChangeRole,
  CreateAdminAccount,
  EndedWithAccount,
  InvitedAccount,
  ResetAccount,
  SetupToken,
} from './admin/accounts.js'
export {
  AutomationToken,
  AutomationTokens,
  CreateAutomationToken,
  CreatedAutomationToken,
  TokenRole,
} from './admin/tokens.js'
export { appName, exportOptions, idText, listPage, timeRange } from './admin/list.js'
export { AdminApp, AdminApps, AdminHealth, AppHealth, BotCallbacks } from './admin/apps.js'
export { DayStats, ReadStats, Stats } from './admin/stats.js'
export {
  AdminCard,
  AdminCardPage,
  AdminCardSummary,
  AdminShare,
  CardName,
  CardsRevoked,
  ExportAdminCards,
  ListAdminCards,
  WithReason,
} from './admin/cards.js'
export {
  AdminOpening,
  AdminOpeningPage,
  ExportAdminOpenings,
  ListAdminOpenings,
  OpeningDecision,
} from './admin/openings.js'
export {
  ListMemberSessions,
  MemberSession,
  MemberSessionPage,
  RevokeSessions,
  SessionsRevoked,
} from './admin/sessions.js'
export {
  AuditChain,
  AuditChainPage,
  AuditEntry,
  AuditPage,
  AuditPlace,
  AuditReport,
  ExportAudit,
  ListAudit,
  ListAuditChains,
  VerifyAudit,
} from './admin/audit.js'
export {
  CardRules,
  CompanyPolicy,
  CompanyPolicyVersion,
  CompanyPolicyVersions,
  CompanyRules,
  ListPolicyVersions,
  MemberPolicy,
  PolicyMakers,
  SetCompanyPolicy,
} from './admin/policy.js'
export {
  AdminViewer,
  Because,
  BlockedViewer,
  ListedViewer,
  ListedViewerPage,
  ListViewers,
  Offboard,
  Offboarded,
  PersonErased,
  PersonExport,
  ReadWatermark,
  Watermark,
} from './admin/people.js'
export { AdminRequest, AdminRequestPage, ListAdminRequests } from './admin/requests.js'
export { AdminRoles, AdminSystem } from './admin/system.js'
export { AskDoctor, DoctorFinding, DoctorReport } from './admin/doctor.js'
export { Named } from './admin/named.js'
export {
  Activity,
  ActivityPage,
  CardTimeline,
  ListActivity,
  Overview,
  ReadOverview,
} from './admin/activity.js'
export { RewrapReport } from './admin/keys.js'
export {
  AdminWebhook,
  AdminWebhooks,
  WebhookData,
  WebhookEvent,
  WebhookFailure,
  WebhookMessage,
  WebhookTest,
} from './webhooks.js'
