import type {
  ChatCard,
  EnterOptions,
  ForwardCall,
  OpenCall,
  Phone,
  RequestAnswer,
  RequestCall,
  ShareCall,
  WxAnswer,
  WxCall,
} from '../contract.js'

/** Everything a phone asks of the simulated platform; a test may answer it itself. */
export interface PhoneLink {
  wx(api: string, call: WxCall): Promise<WxAnswer>
  request(call: RequestCall, signal?: AbortSignal): Promise<RequestAnswer>
  share(call: ShareCall): Promise<ChatCard>
  forward(call: ForwardCall): Promise<ChatCard>
  open(call: OpenCall): Promise<EnterOptions>
  /** Id of the chat that this phone shows under that title. */
  chatCalled(title: string): Promise<string>
  describe(): Promise<Phone>
}

type Json = Record<string, unknown>

/** The link over HTTP. */
export const simulatorLink = (simulatorUrl: string, phone: string): PhoneLink => {
  const root = `${simulatorUrl.replace(/\/$/, '')}/simulator/phones/${encodeURIComponent(phone)}`
  const ask = async <T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> => {
    const response = await fetch(root + path, {
      method,
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    const answer = (await response.json()) as Json
    if (!response.ok)
      throw new Error((answer.message as string | undefined) ?? JSON.stringify(answer))
    return answer as T
  }
  return {
    wx: (api, call) => ask('POST', `/wx/${encodeURIComponent(api)}`, call),
    request: (call) => ask('POST', '/request', call),
    share: async (call) => (await ask<{ card: ChatCard }>('POST', '/shares', call)).card,
    forward: async (call) => (await ask<{ card: ChatCard }>('POST', '/forwards', call)).card,
    open: (call) => ask('POST', '/openings', call),
    chatCalled: async (title) => {
      const { chats } = await ask<{ chats: { id: string; title: string }[] }>('GET', '/chats')
      const chat = chats.find((one) => one.title === title)
      if (!chat) throw new Error(`${phone} has no chat called ${title}`)
      return chat.id
    },
    describe: () => ask('GET', ''),
  }
}
