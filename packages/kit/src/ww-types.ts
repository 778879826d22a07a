/** What every call of `@wecom/jssdk` resolves with. A failed call rejects with the same shape, which is no `Error`. */
export interface WwResult {
  /** `<name>:<word>`. The word is in no documented language; the name is certain. */
  errMsg: string
  /** 0 for ok. The SDK writes -1 where the client gave no code. */
  errCode: number
  /** What the client itself gave, before the SDK read it. */
  err_code?: number | string
}

/** What `/v1/h5/signatures` answers, for one address. */
export interface WebSignatures {
  corpId: string
  agentId: string | number
  /** Unix time in seconds. */
  timestamp: number | string
  nonceStr: string
  /** Made with the application's ticket: for `agentConfig`. */
  signature: string
  /** Made with the corp's ticket: for `config`, which only old clients ask for. */
  configSignature: string
}

/** What a chat shows of a shared page. Everybody in the chat reads it, before any proof: no word of the card in it. */
export interface WebShareContent {
  title: string
  desc: string
  link: string
  imgUrl: string
}

type Signature = Pick<WebSignatures, 'timestamp' | 'nonceStr' | 'signature'>

export interface WwRegisterOptions {
  corpId: string
  agentId: string | number
  jsApiList: string[]
  getConfigSignature(url: string): Promise<Signature>
  getAgentConfigSignature(url: string): Promise<Signature>
  onConfigFail(): void
  onAgentConfigFail(): void
}

/**
 * What private cards need of `@wecom/jssdk` 2.4.4, as `import * as ww` gives it. The SDK is handed in: the kit never
 * imports it, so that a mini-program does not carry it.
 */
export interface WwLike {
  readonly env: { readonly isWeCom: boolean; readonly isWeChat: boolean }
  register(options: WwRegisterOptions): void
  setShareAttr(attr: { withShareTicket?: boolean; state?: string }): Promise<WwResult>
  getContext(): Promise<WwResult & { entry?: string; shareTicket?: string }>
  getShareInfo(options: {
    shareTicket: string
  }): Promise<WwResult & { encryptedData?: string; iv?: string }>
  shareAppMessage(content: WebShareContent & { cancel?: () => void }): Promise<WwResult>
  sendChatMessage(message: {
    msgtype: 'news'
    news: WebShareContent
    cancel?: () => void
  }): Promise<WwResult>
  onMenuShareAppMessage(content: Partial<WebShareContent>): void
  hideMenuItems(options: { menuList: string[] }): Promise<WwResult>
  hideChatAttachmentMenu(options: { menuList: string[] }): Promise<WwResult>
  checkJsApi(options: {
    jsApiList: string[]
  }): Promise<WwResult & { checkResult?: Record<string, boolean> }>
}

/** The part of `window` that the platform reads. */
export interface WebPage {
  readonly location: { readonly href: string }
  readonly navigator: { readonly userAgent: string }
  addEventListener(
    type: 'pageshow' | 'popstate',
    listener: (event: { persisted?: boolean }) => void,
  ): void
}
