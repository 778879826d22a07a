import { z } from 'zod'
import { KEY_DERIVATIONS } from '../crypto/jsapi.js'

const MINUTE = 60_000
const DAY = 86_400_000

/** Made up, as a console would show them. */
const DEMO_TEMPLATES = [
  {
    id: 'FAKEtemplateOpened0000000000000000000000001',
    title: '私密卡片被打开',
    keywords: ['thing1', 'thing2', 'time3'],
  },
  {
    id: 'FAKEtemplateRequested0000000000000000000002',
    title: '有人申请查看',
    keywords: ['thing1', 'thing2', 'thing3'],
  },
  {
    id: 'FAKEtemplateExpiring00000000000000000000003',
    title: '私密卡片到期提醒',
    keywords: ['thing1', 'time2'],
  },
]

const Rotation = z.enum(['interval', 'always', 'never'])
const OwnCard = z.enum(['valid', 'invalid'])

/**
 * The switches for what the platforms leave open (UNCONFIRMED) or never disclose. Each says what is known; the default is what the
 * simulator's table in SIMULATOR.md documents.
 */
export const WechatSettings = z.strictObject({
  /** C14: after a new token the old one is still accepted for about 5 minutes. */
  tokenOverlapMs: z
    .int()
    .min(0)
    .default(5 * MINUTE),
  /** W11: wx.login *may* rotate session_key, with a minimum interval. The interval is not disclosed. */
  loginRotation: Rotation.default('interval'),
  loginRotationIntervalMs: z
    .int()
    .min(0)
    .default(5 * MINUTE),
  /** The life of a session_key is never disclosed; it is extended by use (W12). */
  sessionLifetimeMs: z
    .int()
    .min(1)
    .default(3 * DAY),
  /** W6: whether the HMAC key is the base64 text or the bytes is UNCONFIRMED; SDKs use the text. */
  checkSessionKeyForm: z.enum(['base64-text', 'decoded-bytes']).default('base64-text'),
  /** W7: frequent resets of one user are not allowed; how frequent is not disclosed. */
  sessionResetIntervalMs: z.int().min(0).default(0),
  /** W3 documents GET only; a POST form is UNCONFIRMED. */
  activityCreateByPost: z.boolean().default(false),
  /** An activityId made without openid or unionid, used for a private message: UNCONFIRMED. */
  activityWithoutSharer: z.enum(['nobody', 'anybody']).default('nobody'),
  /** Sharing with another's activityId, or after 7 days: refused at once, or sent as a card no one can verify. UNCONFIRMED. */
  badActivity: z.enum(['refuse', 'unverifiable']).default('refuse'),
  /** W14's sample omits withShareTicket, W1's sends it: whether isPrivateMessage alone gives a ticket is UNCONFIRMED. */
  privateImpliesTicket: z.boolean().default(false),
  /** C5, C6: desktop clients lose the ticket when they send a private card. */
  desktopKeepsTicket: z.boolean().default(false),
  /** W1: not a recipient → `valid:false`; C16: lands in `fail`; whether data comes along is UNCONFIRMED (noise, never the id). */
  nonRecipient: z.enum(['valid-false', 'valid-false-with-noise', 'fail']).default('valid-false'),
  /** C3: after 120 days; the exact outcome is UNCONFIRMED. */
  afterVerifyWindow: z.enum(['valid-false', 'fail']).default('valid-false'),
  /** The sharer opening the own card: UNCONFIRMED. */
  sharerOwnCardInGroup: OwnCard.default('valid'),
  sharerOwnCardInSingle: OwnCard.default('invalid'),
  /** W23: changed in base library 3.0.1; the values before and after are UNCONFIRMED. */
  privateSingleScene: z.int().default(1007),
  /** Clients from this version on refuse to forward private cards; which one began is UNCONFIRMED. */
  forwardRefusedSince: z.string().default('8.0.0'),
  /** W25: WeChat reviews what is written into an input of the type nickname. By which rules is not disclosed. */
  nicknameReview: z.enum(['pass', 'refuse']).default('pass'),
  /** W30, W31: the templates that the mini-program chose in its console. */
  templates: z
    .array(z.strictObject({ id: z.string(), title: z.string(), keywords: z.array(z.string()) }))
    .default(() => structuredClone(DEMO_TEMPLATES)),
  /** W31: what people answer in the panel, by template; `accept` without one. `ban`: the platform closed the template. */
  subscribeAnswers: z.record(z.string(), z.enum(['accept', 'reject', 'ban'])).default({}),
  /** W31: the main switch of the mini-program's settings page, of everybody. */
  subscribeSwitch: z.boolean().default(true),
})

export const WecomSettings = z.strictObject({
  /** Q21 does not say whether gettoken repeats the token inside its validity: UNCONFIRMED. */
  gettoken: z.enum(['same', 'new']).default('same'),
  loginRotation: Rotation.default('interval'),
  loginRotationIntervalMs: z
    .int()
    .min(0)
    .default(5 * MINUTE),
  sessionLifetimeMs: z
    .int()
    .min(1)
    .default(3 * DAY),
  /** C19: devtools prefix native names with `qy__`; whether devices do is UNCONFIRMED. */
  errMsgPrefix: z.string().max(16).default('qy__'),
  /** The code for "not a direct recipient" is UNCONFIRMED. */
  nonRecipientErrCode: z.int().default(-1),
  nonRecipientMessage: z.string().max(200).default('no permission'),
  /** Desktop support of setShareAttr and getShareInfo is UNCONFIRMED. */
  desktopPrivateMessages: z.boolean().default(true),
  /** The length limit of `state` is UNCONFIRMED; null: none. */
  stateMaxLength: z.int().min(1).nullable().default(null),
  sharerOwnCardInGroup: OwnCard.default('valid'),
  sharerOwnCardInSingle: OwnCard.default('invalid'),
  /** Q31: the error of a response_url taken twice or after an hour is UNCONFIRMED; 60140 is documented for app template cards. */
  botUsedResponseErrCode: z.int().default(60_140),
  /** Q39: an app that another company develops gets names only if an administrator allows it. */
  userGetName: z.enum(['given', 'withheld']).default('given'),
  /** Whether a retried callback is signed anew is UNCONFIRMED. */
  botRetrySigns: z.enum(['each', 'once']).default('each'),
  /** Q29: how often a stream is refreshed is not disclosed. */
  botPollMs: z.int().min(1).default(1000),
  /** Q28: at most 3 messages of one person and one bot at once. */
  botMessagesInFlight: z.int().min(1).default(3),
  /** Q2 says "Base64_Decode(ticket), 16 bytes", but a ticket decodes to 64: which key it is is UNCONFIRMED. */
  h5KeyDerivation: z.enum(KEY_DERIVATIONS).default('url16'),
  /** Q3 does not say whether a second call inside the life repeats the ticket: UNCONFIRMED. */
  h5TicketSameInsideLife: z.boolean().default(true),
  /** Whether a proof is sealed under the ticket that signed the page, or under the newest: UNCONFIRMED. */
  h5ProofTicket: z.enum(['signed', 'newest']).default('signed'),
  /** The code for "not a direct recipient" in a page is UNCONFIRMED; null: the client gives none. */
  h5NonRecipientErrCode: z.int().nullable().default(null),
  /** Whether setShareAttr outlasts a changed address (history.pushState) is UNCONFIRMED. */
  h5AttrSurvivesPushState: z.boolean().default(false),
  /** Q2 says "WeCom 3.1.8" without naming systems: desktop support is UNCONFIRMED. */
  h5DesktopPrivateMessages: z.boolean().default(true),
  /** Q16: the client appends parameters to a shared link; which ones is UNCONFIRMED. Empty: none. */
  h5AppendedQuery: z
    .string()
    .regex(/^[\w.=&-]{0,200}$/)
    .default('from=singlemessage&isappinstalled=0'),
})

/** How phones run mini-programs. */
export const PhoneSettings = z.strictObject({
  /**
   * A phone runs a page's view and its logic in two threads. Each view update and each event takes this long, in
   * milliseconds, from one to the other. How long it takes on phones is UNCONFIRMED. It counts from the next start of
   * the mini-program.
   */
  viewDelayMs: z.int().min(0).max(5000).default(0),
  /** Text size chosen in the client, px: `root-font-size="system"` and `fontSizeSetting`. Its values are UNCONFIRMED. */
  fontSizeSetting: z.int().min(8).max(64).default(16),
})

export const Settings = z.strictObject({
  wechat: WechatSettings.prefault({}),
  wecom: WecomSettings.prefault({}),
  phones: PhoneSettings.prefault({}),
})
export type Settings = z.infer<typeof Settings>

export const defaultSettings = (): Settings => Settings.parse({})

/** `PATCH /simulator/settings`: any subset; the world checks the result against the schemas above. */
export const SettingsPatch = z.strictObject({
  wechat: z.partialRecord(WechatSettings.keyof(), z.unknown()).optional(),
  wecom: z.partialRecord(WecomSettings.keyof(), z.unknown()).optional(),
  phones: z.partialRecord(PhoneSettings.keyof(), z.unknown()).optional(),
})
