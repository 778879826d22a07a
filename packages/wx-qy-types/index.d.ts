/**
 * `wx.qy`, which exists only inside WeCom. Each call names the WeCom document that describes it:
 * https://developer.work.weixin.qq.com/document/path/<number>. What no document says is marked as not documented.
 */
declare namespace WxQy {
  /** What every callback gets. Names in `errMsg` may or may not begin with `qy__`. */
  interface Result {
    errMsg: string
    /** Not documented for every failure. */
    errCode?: number
    errno?: number
  }

  /** Every asynchronous call takes these three. None returns a promise. */
  interface Callbacks<R extends object = object> {
    success?: (result: R & Result) => void
    fail?: (result: Result) => void
    complete?: (result: Result) => void
  }

  interface Timeout {
    /** Milliseconds. */
    timeout?: number
  }

  /** What the server decrypts with the session key. */
  interface SealedData {
    /** base64 */
    encryptedData: string
    /** base64 */
    iv: string
  }

  interface LoginOptions extends Timeout, Callbacks<{ code: string }> {
    /** The id of a third-party application, WeCom 3.1.8. Leave it out for an application of your own company. */
    suiteId?: string
  }

  type CheckSessionOptions = Callbacks<{ expireIn: number }>

  type GetSystemInfoOptions = Callbacks<{ version: string }>

  interface UserInfo {
    name: string
    /** 0 not said, 1 male, 2 female */
    gender: 0 | 1 | 2
    /** For example `zh_CN`. */
    language: string
  }

  interface EnterpriseUserInfo extends SealedData {
    userInfo: UserInfo
    rawData: string
    /** sha1(rawData + session_key) */
    signature: string
  }

  type GetEnterpriseUserInfoOptions = Timeout & Callbacks<EnterpriseUserInfo>

  type GetEmailOptions = Timeout & Callbacks<SealedData>

  interface SelectedDepartment {
    id: string
    name: string
  }

  interface SelectedUser {
    id: string
    name: string
    avatar: string
  }

  interface SelectEnterpriseContactOptions extends Callbacks<{
    result: { departmentList: SelectedDepartment[]; userList: SelectedUser[] }
  }> {
    /** Where the directory opens: -1 the person's own department, 0 the top. */
    fromDepartmentId: number
    mode: 'single' | 'multi'
    type: ('department' | 'user')[]
    selectedDepartmentIds?: string[]
    selectedUserIds?: string[]
  }

  interface OpenEnterpriseChatOptions extends Callbacks {
    /** Members, parted by `;`. At least one of `userIds` and `externalUserIds`. */
    userIds?: string
    /** External contacts, parted by `;`. */
    externalUserIds?: string
    /** Empty for a chat with one person. */
    groupName: string
  }

  type ChatMessage =
    | { msgtype: 'text'; text: { content: string } }
    | { msgtype: 'image'; image: { mediaid: string } }
    | { msgtype: 'video'; video: { mediaid: string } }
    | { msgtype: 'file'; file: { mediaid: string } }
    | { msgtype: 'news'; news: { link: string; title?: string; desc?: string; imgUrl?: string } }
    | {
        msgtype: 'miniprogram'
        miniprogram: {
          appid: string
          title: string
          imgUrl: string
          /** Ends in `.html`. */
          page: string
        }
      }

  type SendChatMessageOptions = ChatMessage &
    Callbacks & {
      /** Phones, WeCom 3.1.10. */
      enterChat?: boolean
    }

  interface SetShareAttrOptions extends Callbacks {
    /** Whether every later share of this page carries a ticket. */
    withShareTicket: boolean
    /** Yours; the recipients' proof says it again. Its longest length is not documented. */
    state?: string
  }

  /** By which door the mini-program was entered. `normal` also says: by a card in a chat. */
  type Entry =
    | 'contact_profile'
    | 'single_chat_tools'
    | 'group_chat_tools'
    | 'chat_attachment'
    | 'single_kf_tools'
    | 'chain_single_chat_tools'
    | 'chain_group_chat_tools'
    | 'internal_group_chat_board'
    | 'normal'

  type GetContextOptions = Callbacks<{
    entry: Entry
    /** Only when the page was opened from a private card. */
    shareTicket?: string
  }>

  interface GetShareInfoOptions extends Callbacks<SealedData> {
    shareTicket: string
  }

  interface Qy {
    /** A code for the server, good once, for five minutes. 91506 */
    login(options?: LoginOptions): void
    /** Fails when the session key is over. The unit of `expireIn` is not documented. 91508 */
    checkSession(options?: CheckSessionOptions): void
    /** The version of WeCom. 95046 */
    getSystemInfo(options?: GetSystemInfoOptions): void
    /** For example `login.success.code`. Ask for names of calls only: its table of fields has gaps. 91512 */
    canIUse(schema: string): boolean
    /** The member, after a login. 91617 */
    getEnterpriseUserInfo(options?: GetEnterpriseUserInfoOptions): void
    /** Asks the person each time. 91617 */
    getEmail(options?: GetEmailOptions): void
    /** Opens the directory. 93868 */
    selectEnterpriseContact(options: SelectEnterpriseContactOptions): void
    /** Opens or makes a chat. */
    openEnterpriseChat(options: OpenEnterpriseChatOptions): void
    /** Sends to the chat that the mini-program was opened from. WeCom 3.0.16; 94370 */
    sendChatMessage?(options: SendChatMessageOptions): void
    /** Marks this page as private. WeCom 3.1.8; 94488 */
    setShareAttr?(options: SetShareAttrOptions): void
    /** WeCom 3.0.24; 94321 */
    getContext?(options?: GetContextOptions): void
    /** Proves that the person got the card. Fails for everybody else. WeCom 3.1.8; 94488 */
    getShareInfo?(options: GetShareInfoOptions): void
  }
}

/** Adds `qy` to `wx` of `miniprogram-api-typings`; without that package it adds nothing that disturbs. */
declare namespace WechatMiniprogram {
  interface Wx {
    /** Only inside WeCom. */
    readonly qy?: WxQy.Qy
  }
}
