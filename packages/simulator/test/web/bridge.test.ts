import { createDecipheriv } from 'node:crypto'
import type { BridgeAnswer } from '../../src/contract.js'
import { jsapiSignature, KEY_DERIVATIONS, ticketKey } from '../../src/crypto/jsapi.js'
import { CORPID, type Bench } from '../kit/fresh-simulator.js'
import {
  ALL,
  HOME,
  LINK,
  Page,
  simulatorWithPage,
  ticketOf as ticketFrom,
} from '../kit/web-page.js'

let bench: Bench
beforeEach(async () => {
  bench = await simulatorWithPage()
})
afterEach(() => bench.simulator.close())

const ticketOf = (kind: 'corp' | 'agent') => ticketFrom(bench, kind)
const openPage = async (phone: string, url = LINK) =>
  new Page(bench, phone, await bench.phone(phone).openWeb({ via: 'link', url }))
const openCard = async (phone: string, card: string) =>
  new Page(bench, phone, await bench.phone(phone).openWeb({ via: 'card', card }))

/** Lin shares a private link to a chat. */
const shared = async (chat = 'wecom-group', state = 'STATE') => {
  const page = await openPage('lin-wecom')
  await page.configure()
  await page.invoke('setShareAttr', { withShareTicket: true, state })
  return { page, card: (await page.share(chat)).card }
}
const message = (answer: BridgeAnswer) => ('err_msg' in answer ? answer['err_msg'] : 'asks')

describe('the handshake (Q3, Q35)', () => {
  test('takes the signature over the live address, without its fragment', async () => {
    const page = await openPage('lin-wecom')
    page.address += '#words'
    expect(await page.configure({ url: LINK })).toEqual({ err_msg: 'agentConfig:ok' })
  })

  test.each<[string, { url?: string; kind?: 'corp'; agentid?: string }, number]>([
    ['another address', { url: `${LINK}&a=1` }, 40093],
    ["the corp's ticket", { kind: 'corp' }, 42012],
    ['another app', { agentid: '1' }, 40013],
  ])('refuses %s', async (_what, { kind, ...more }, code) => {
    const page = await openPage('lin-wecom')
    const ticket = kind ? { ticket: await ticketOf(kind) } : {}
    expect(await page.configure({ ...more, ...ticket })).toMatchObject({ err_code: code })
  })

  test('refuses a page of no trusted domain, and takes one below it', async () => {
    await bench.client.setWeb({ home: HOME, domain: 'example.com' })
    expect(message(await (await openPage('lin-wecom')).configure())).toBe('agentConfig:ok')
    await bench.client.setWeb({ home: HOME, domain: 'else.example.com' })
    expect(message(await (await openPage('lin-wecom')).configure())).toBe(
      'agentConfig:fail_invalid url domain',
    )
  })

  test('refuses a member out of the visible range', async () => {
    await bench.client.setVisible('lin', false)
    expect(await (await openPage('lin-wecom')).configure()).toMatchObject({ err_code: 50002 })
  })

  test('a ticket signs until it expires, though a newer one was given', async () => {
    const ticket = await ticketOf('agent')
    await bench.client.setSettings({ wecom: { h5TicketSameInsideLife: false } })
    expect(await ticketOf('agent')).not.toBe(ticket)
    const page = await openPage('lin-wecom')
    expect(message(await page.configure({ ticket }))).toBe('agentConfig:ok')
    await bench.client.renewTicket('agent')
    expect(await page.configure({ ticket })).toMatchObject({ err_code: 40093 })
  })

  test('does not exist in WeChat; config does', async () => {
    const page = await openPage('lin-wechat')
    expect(message(await page.configure())).toBe('agentConfig:function not exist')
    const ticket = await ticketOf('corp')
    const verifySignature = jsapiSignature(ticket, 'n', '1', LINK)
    const sign = { verifyTimestamp: '1', verifyNonceStr: 'n', verifySignature }
    page.verify = {}
    const config = { appId: CORPID, verifyJsApiList: ALL, ...sign }
    expect(message(await page.invoke('preVerifyJSAPI', config))).toBe('preVerifyJSAPI:ok')
    page.verify = { verifySignature }
    expect(message(await page.invoke('getContext'))).toBe('getContext:function not exist')
  })
})

describe('a call (Q16)', () => {
  test.each([
    [
      'before the handshake',
      async () => undefined,
      'fail_the permission value is offline verifying',
    ],
    [
      'not in the list',
      (page: Page) => page.configure({ jsApiList: ['checkJsApi'] }),
      'fail_nopermission',
    ],
  ])('%s is refused', async (_what, prepare, reason) => {
    const page = await openPage('lin-wecom')
    await prepare(page)
    expect(message(await page.invoke('getContext'))).toBe(`getContext:${reason}`)
  })

  test('at another address, or without the signature, is refused', async () => {
    const page = await openPage('lin-wecom')
    await page.configure()
    page.address += '&view=2'
    expect(message(await page.invoke('getContext'))).toBe('getContext:access denied')
    await page.configure()
    expect(message(await page.invoke('getContext'))).toBe('getContext:ok')
    page.verify = {}
    expect(message(await page.invoke('getContext'))).toBe('getContext:access denied')
  })

  test('of another document starts without a handshake', async () => {
    const page = await openPage('lin-wecom')
    await page.configure()
    page.document = 'doc-2'
    expect(message(await page.invoke('getContext'))).toMatch(/offline verifying/)
  })

  test('that no client has does not exist', async () => {
    const page = await openPage('lin-wecom')
    expect(message(await page.invoke('readMyMind'))).toBe('readMyMind:function not exist')
  })

  test('of private messages needs WeCom 3.1.8, and on a desktop the setting', async () => {
    await bench.client.updatePhone('lin-wecom', { version: '3.1.7' })
    const page = await openPage('lin-wecom')
    await page.configure()
    expect(message(await page.invoke('setShareAttr'))).toBe('setShareAttr:function not exist')
    await bench.client.updatePhone('lin-wecom', { version: '4.1.30', platform: 'windows' })
    expect(message(await page.invoke('setShareAttr'))).toBe('setShareAttr:ok')
    await bench.client.setSettings({ wecom: { h5DesktopPrivateMessages: false } })
    expect(message(await page.invoke('setShareAttr'))).toBe('setShareAttr:function not exist')
    const checked = await page.invoke('checkJsApi', {
      jsApiList: ['getShareInfo', 'getContext', 'readMyMind'],
    })
    expect(checked).toMatchObject({
      checkResult: { getShareInfo: false, getContext: true, readMyMind: false },
    })
  })

  test('is there under the name that lists have for it, and no other share of the menu is', async () => {
    const page = await openPage('lin-wecom')
    await page.configure()
    const jsApiList = ['menu:share:appmessage', 'menu:share:wechat', 'menu:share:nothing']
    expect(await page.invoke('checkJsApi', { jsApiList })).toMatchObject({
      checkResult: {
        'menu:share:appmessage': true,
        'menu:share:wechat': false,
        'menu:share:nothing': false,
      },
    })
  })

  test('fails as a fault says', async () => {
    const page = await openPage('lin-wecom')
    await page.configure()
    await bench.client.fault('bridge.getContext', { kind: 'errcode', errcode: -1 })
    expect(await page.invoke('getContext')).toMatchObject({ err_code: -1 })
    expect(message(await page.invoke('getContext'))).toBe('getContext:ok')
  })
})

describe('a private link', () => {
  test('is a card with a lock, its address the one that was given', async () => {
    const { card } = await shared()
    expect(card).toMatchObject({ private: true, link: { url: LINK, desc: 'D' }, title: 'T' })
    expect(JSON.stringify(card)).not.toContain('STATE')
  })

  test('opens with the parameters that the client appended, and with a ticket', async () => {
    const { card } = await shared()
    const page = await openCard('chen-wecom', card.id)
    expect(page.view.address).toBe(`${LINK}&from=singlemessage&isappinstalled=0`)
    await page.configure()
    expect(await page.invoke('getContext')).toEqual({
      err_msg: 'getContext:ok',
      entry: 'normal',
      shareTicket: expect.stringMatching(/^[\w-]{86}$/) as string,
    })
  })

  test.each(KEY_DERIVATIONS)('gives a proof under the key %s', async (h5KeyDerivation) => {
    await bench.client.setSettings({ wecom: { h5KeyDerivation } })
    const { card } = await shared()
    const page = await openCard('chen-wecom', card.id)
    await page.configure()
    const context = await page.invoke('getContext')
    const proof = (await page.invoke('getShareInfo', context)) as unknown as Record<string, string>
    const key = ticketKey(await ticketOf('agent'), h5KeyDerivation)
    const iv = Buffer.from(proof['iv']!, 'base64')
    const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, iv)
    const text = decipher.update(proof['encryptedData']!, 'base64', 'utf8') + decipher.final('utf8')
    expect(JSON.parse(text)).toEqual({
      chatId: expect.stringMatching(/^wrFAKE/) as string,
      state: 'STATE',
      curReceiver: 'ChenMo',
    })
  })

  test('seals under the ticket that signed, or under the newest: h5ProofTicket', async () => {
    const { card } = await shared()
    const page = await openCard('chen-wecom', card.id)
    const signed = await ticketOf('agent')
    await page.configure()
    await bench.client.setSettings({ wecom: { h5TicketSameInsideLife: false } })
    const newest = await ticketOf('agent')
    const context = await page.invoke('getContext')
    for (const [h5ProofTicket, ticket] of [
      ['signed', signed],
      ['newest', newest],
    ] as const) {
      await bench.client.setSettings({ wecom: { h5ProofTicket } })
      const proof = (await page.invoke('getShareInfo', context)) as unknown as Record<
        string,
        string
      >
      const iv = Buffer.from(proof['iv']!, 'base64')
      const decipher = createDecipheriv('aes-128-cbc', ticketKey(ticket, 'url16'), iv)
      const text =
        decipher.update(proof['encryptedData']!, 'base64', 'utf8') + decipher.final('utf8')
      expect(text).toContain('STATE')
    }
  })

  test("is refused to a person who is not in the group now, without a code or with the setting's", async () => {
    const { card } = await shared()
    const page = await openCard('chen-wecom', card.id)
    await page.configure()
    const context = await page.invoke('getContext')
    await bench.client.leave('wecom-group', 'chen')
    expect(await page.invoke('getShareInfo', context)).toEqual({
      err_msg: 'getShareInfo:fail_not_recipient',
    })
    await bench.client.setSettings({ wecom: { h5NonRecipientErrCode: 60011 } })
    expect(await page.invoke('getShareInfo', context)).toMatchObject({ err_code: 60011 })
  })

  test('has no ticket from a pasted address, in an old WeCom, in WeChat', async () => {
    const { card } = await shared()
    const pasted = await openPage('chen-wecom')
    await pasted.configure()
    expect(await pasted.invoke('getContext')).toEqual({ err_msg: 'getContext:ok', entry: 'normal' })
    const old = await openCard('chen-wecom-old', card.id)
    await old.configure()
    expect(await old.invoke('getContext')).toEqual({ err_msg: 'getContext:ok', entry: 'normal' })
  })

  test('on a customer’s WeChat phone opens without a ticket', async () => {
    await bench.client.addPerson({ id: 'guest', name: 'Guest' })
    await bench.client.addPhone({ id: 'guest-wechat', person: 'guest', client: 'wechat' })
    const chat = { id: 'interop', client: 'wecom', kind: 'single', interop: true } as const
    await bench.client.addChat({ ...chat, members: ['lin', 'guest'] })
    const { card } = await shared('interop')
    await openCard('guest-wechat', card.id)
    expect(bench.world.phones.get('guest-wechat').web?.shareTicket).toBeNull()
  })

  test('is not forwarded by a WeCom that knows private messages', async () => {
    const { card } = await shared()
    await expect(
      bench.phone('chen-wecom').forward({ card: card.id, chat: 'wecom-chen-zhou' }),
    ).rejects.toThrow(/does not forward/)
  })

  test('that goes to another domain than the page’s gets 60242', async () => {
    const page = await openPage('lin-wecom')
    await page.configure()
    await page.invoke('setShareAttr', { withShareTicket: true, state: 'S' })
    await bench.client.setWeb({ home: HOME, domain: 'example.com' })
    const { card } = await page.share('wecom-group', { link: 'https://else.example.com/x' })
    const opened = await openCard('chen-wecom', card.id)
    const url = opened.view.address
    expect(message(await opened.configure({ url }))).toBe('agentConfig:ok')
    const context = await opened.invoke('getContext')
    expect(await opened.invoke('getShareInfo', context)).toMatchObject({ err_code: 60242 })
  })

  test('with no ticket, a made-up one, or one of another opening: 60230, 60231, 60233', async () => {
    const { card } = await shared()
    const first = await openCard('chen-wecom', card.id)
    await first.configure()
    const { shareTicket } = (await first.invoke('getContext')) as { shareTicket?: string }
    const codeOf = async (page: Page, ticket?: string) =>
      ((await page.invoke('getShareInfo', { shareTicket: ticket })) as { err_code?: number })
        .err_code
    expect(await codeOf(first)).toBe(60230)
    expect(await codeOf(first, 'made-up')).toBe(60231)
    const again = await openCard('chen-wecom', card.id)
    await again.configure()
    // The ticket ended with its opening.
    expect(await codeOf(again, shareTicket)).toBe(60231)
    const live = (await again.invoke('getContext')) as { shareTicket?: string }
    await bench.client.join('wecom-group', 'zhou')
    const other = await openCard('zhou-wecom', card.id)
    await other.configure()
    expect(await codeOf(other, live.shareTicket)).toBe(60233)
  })
})

describe('the attribute of a page', () => {
  test('is gone with another document, and at another address unless the setting says otherwise', async () => {
    const { page } = await shared()
    page.address += '&view=2'
    await page.configure()
    expect((await page.share('wecom-group')).card.private).toBe(false)
    await bench.client.setSettings({ wecom: { h5AttrSurvivesPushState: true } })
    expect((await page.share('wecom-group')).card.private).toBe(true)
    page.document = 'doc-2'
    await page.configure()
    expect((await page.share('wecom-group')).card.private).toBe(false)
  })

  test('is replaced by the next, and ends with withShareTicket false', async () => {
    const { page } = await shared()
    await page.invoke('setShareAttr', { withShareTicket: false })
    expect((await page.share('wecom-group')).card.private).toBe(false)
  })
})

describe('the attachment bar', () => {
  test('opens the app’s page with its entry, and sends to its chat without a question', async () => {
    const phone = bench.phone('lin-wecom')
    const page = new Page(
      bench,
      'lin-wecom',
      await phone.openWeb({ via: 'attachment', chat: 'wecom-group' }),
    )
    await page.configure()
    expect(await page.invoke('getContext')).toMatchObject({ entry: 'chat_attachment' })
    const news = { title: 'T', desc: '', link: page.real, imgUrl: '' }
    expect(await page.invoke('sendChatMessage', { msgtype: 'news', news })).toEqual({
      err_msg: 'sendChatMessage:ok',
    })
    const chat = (await phone.chats()).find(({ id }) => id === 'wecom-group')
    expect(chat?.cards.map(({ title }) => title)).toEqual(['T'])
    const hide = (menuList: string[]) => page.invoke('hideChatAttachmentMenu', { menuList })
    expect(message(await hide(['sendMessage']))).toBe('hideChatAttachmentMenu:ok')
    expect(message(await hide(['other']))).toBe('hideChatAttachmentMenu:invalid menuList')
  })

  test('is not there for a page that was opened otherwise', async () => {
    const page = await openPage('lin-wecom')
    await page.configure()
    expect(message(await page.invoke('sendChatMessage', { msgtype: 'news', news: {} }))).toBe(
      'sendChatMessage:fail_without context of external contact',
    )
    expect(
      message(await page.invoke('hideChatAttachmentMenu', { menuList: ['sendMessage'] })),
    ).toBe('hideChatAttachmentMenu:without context of chat_attachment')
  })
})

test('a share asks the person first, and names what would leave', async () => {
  const page = await openPage('lin-wecom')
  await page.configure()
  const asked = await page.invoke('shareAppMessage', {
    title: 'T',
    desc: '',
    link: page.address,
    imgUrl: '',
  })
  expect(asked).toEqual({
    ask: { title: 'T', desc: '', link: LINK, imageUrl: null, private: false },
  })
  expect(message(await page.invoke('shareAppMessage', { title: 'T' }))).toBe(
    'shareAppMessage:fail_invalid parameter',
  )
})
