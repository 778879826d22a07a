import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import path from 'node:path'
import { deriveTicketKey } from '@sealcard/crypto'
import { eventually } from '@sealcard/testing'
import { inSqlite } from '../support/in-sqlite.js'
import { Member } from '../support/member.js'
import { type PageProof, type WebAnswer, WebPhone } from '../support/web-phone.js'
import { startWebStack, WEB_APP, WEB_ORIGIN, type WebStack } from '../support/web-stack.js'
import { ticketAt } from '../support/web-tickets.js'

const GROUP = 'wecom-group'
const SESSION = '__Host-sealcard_h5'
const LOGIN = '__Host-sealcard_h5_login'

let stack: WebStack

beforeAll(async () => {
  stack = await startWebStack()
})
afterAll(() => stack?.stop())

const phone = (id: string) => new WebPhone(stack, id)
const home = async (id: string) => {
  const one = await phone(id).open({ via: 'home' })
  await one.login()
  await one.register()
  return one
}

/** Lin writes a card in her page and shares it to the group of her and Chen. */
const shared = async (chat = GROUP) => {
  const sender = await home('lin-wecom')
  const card = { title: '标题', body: 'The secret' }
  const key = createHash('sha256').update(String(cards++)).digest('hex')
  const made = await sender.call('POST', '/v1/cards', card, { 'idempotency-key': key })
  const share = await sender.call('POST', `/v1/cards/${made.body.id}/shares`)
  if (share.status !== 201) throw new Error(share.text)
  const { state } = share.body.declare
  await sender.invoke('setShareAttr', { withShareTicket: true, state })
  const bubble = await sender.share(chat, share.body.h5Url)
  return { sender, bubble, shareId: share.body.id as string, state: state as string }
}
let cards = 0

const member = (person: string) => new Member(person, 'wecom', stack.control, stack.bff.url)

/** A member opens the bubble of the chat, logs in, and the SDK is ready. */
const opened = async (id: string, bubble: string) => {
  const one = await phone(id).open({ via: 'card', card: bubble })
  const { pathname, search } = new URL(one.address)
  await one.login(pathname + search)
  await one.register()
  return one
}
const proofOf = async (one: WebPhone): Promise<PageProof> => {
  const proof = await one.prove()
  if (typeof proof === 'string') throw new Error(proof)
  return proof
}
const open = (one: WebPhone, shareId: string, proof: object) =>
  one.call('POST', `/v1/shares/${shareId}/openings`, proof)

/** All that a client sees of an answer, but what differs from request to request by design. */
const seen = ({ status, headers, text }: WebAnswer) => {
  const { date: _date, 'x-request-id': _id, ...others } = headers
  return [status, others, text.replace(/"requestId":"[^"]*"/, '')]
}
const refusal = (one: WebPhone) =>
  open(one, 'AAAAAAAAAAAAAAAAAAAAAA', { encryptedData: '', iv: '' })
const expectRefused = async (one: WebPhone, answer: WebAnswer) => {
  expect([answer.status, answer.body.code]).toEqual([403, 'ERR_PROOF_REJECTED'])
  expect(seen(answer)).toEqual(seen(await refusal(one)))
}

const ticketOf = (kind: 'agent' | 'corp') => ticketAt(stack.simulator.url, kind)

test('a member opens what was shared to their group, through the link that the client changed', async () => {
  const { bubble, shareId } = await shared()
  const chen = await opened('chen-wecom', bubble)
  expect(chen.address).toMatch(new RegExp(`^${WEB_ORIGIN}/h5/o\\?s=${shareId}&from=\\w+`))
  const answer = await open(chen, shareId, await proofOf(chen))
  expect([answer.status, answer.body.card.body]).toEqual([201, 'The secret'])
})

describe('a proof', () => {
  test('of another person is refused, although it decrypts', async () => {
    const { bubble, shareId } = await shared()
    const chen = await opened('chen-wecom', bubble)
    const zhou = await home('zhou-wecom')
    const proof = await proofOf(chen)
    await expectRefused(zhou, await open(zhou, shareId, proof))
    expect((await open(chen, shareId, proof)).status).toBe(201)
  })

  test('about another card is refused', async () => {
    const [one, other] = [await shared(), await shared()]
    const chen = await opened('chen-wecom', one.bubble)
    await expectRefused(chen, await open(chen, other.shareId, await proofOf(chen)))
  })

  test('of a page is refused in a mini-program of the same person', async () => {
    const { bubble, shareId } = await shared()
    const chen = await opened('chen-wecom', bubble)
    const proof = await proofOf(chen)
    const mini = member('chen')
    expect((await mini.logIn()).status).toBe(201)
    const refused = await mini.open(shareId, proof)
    expect([refused.status, refused.body.code]).toEqual([403, 'ERR_PROOF_REJECTED'])
    expect((await open(chen, shareId, proof)).status).toBe(201)
  })

  test('of a mini-program is refused in a page of the same person', async () => {
    const [lin, mini] = [member('lin'), member('chen')]
    await lin.logIn()
    await mini.logIn()
    const card = await lin.createCard('标题', 'The secret', `of-a-mini-program-${cards++}`)
    const share = await lin.share(card.body.id)
    const proof = await mini.prove(await lin.send(share.body, GROUP))
    const chen = await home('chen-wecom')
    await expectRefused(chen, await open(chen, share.body.id, proof))
    expect((await mini.open(share.body.id, proof)).status).toBe(201)
  })

  test.each(['text16', 'tail16', 'md5-text', 'md5-bytes', 'sha256-16', 'url32'] as const)(
    'of a platform that uses %s, while the configuration says url16, is refused',
    async (derivation) => {
      const { bubble, shareId } = await shared()
      const chen = await opened('chen-wecom', bubble)
      await stack.control.setSettings({ wecom: { h5KeyDerivation: derivation } })
      const proof = await proofOf(chen)
      await stack.control.setSettings({ wecom: { h5KeyDerivation: 'url16' } })
      await expectRefused(chen, await open(chen, shareId, proof))
    },
  )

  test('that somebody made with the corp’s ticket is refused', async () => {
    const { bubble, shareId, state } = await shared()
    const chen = await opened('chen-wecom', bubble)
    await expectRefused(chen, await open(chen, shareId, await forged('corp', state, 'ChenMo')))
    // Who holds the application's own ticket forges what they like: that is why nobody gets it.
    expect((await open(chen, shareId, await forged('agent', state, 'ChenMo'))).status).toBe(201)
  })

  test('about a state that nobody declared is refused', async () => {
    const { bubble, shareId } = await shared()
    const chen = await opened('chen-wecom', bubble)
    const proof = await forged('agent', 'A'.repeat(43), 'ChenMo')
    await expectRefused(chen, await open(chen, shareId, proof))
  })
})

const forged = async (kind: 'agent' | 'corp', state: string, curReceiver: string) => {
  const key = Buffer.from(deriveTicketKey(await ticketOf(kind), 'url16'), 'base64')
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-128-cbc', key, iv)
  const plain = JSON.stringify({ chatId: '', state, curReceiver })
  const bytes = Buffer.concat([cipher.update(plain), cipher.final()])
  return { encryptedData: bytes.toString('base64'), iv: iv.toString('base64') }
}

test('a proof under the previous ticket opens inside its ten minutes, and not after them', async () => {
  const [one, other] = [await shared(), await shared()]
  const chen = await opened('chen-wecom', one.bubble)
  const kept = await proofOf(chen)
  const later = await opened('chen-wecom', other.bubble)
  const late = await proofOf(later)
  const before = await ticketOf('agent')
  // The service asks for another ticket, and the platform gives one.
  await stack.control.setSettings({ wecom: { h5TicketSameInsideLife: false } })
  await stack.bff.stop()
  await inDatabase(`UPDATE web_tickets SET refresh_at = 0 WHERE id = '${WEB_APP}:agent'`)
  await stack.bff.start()
  await home('lin-wecom')
  // The service fetches it beside the request, which goes on with the present one.
  await eventually(async () => {
    const rows = await inDatabase(
      `SELECT 1 FROM web_tickets WHERE id = '${WEB_APP}:agent' AND previous_envelope IS NOT NULL`,
    )
    return rows.length === 1
  })
  await stack.control.setSettings({ wecom: { h5TicketSameInsideLife: true } })
  expect(await ticketOf('agent')).not.toBe(before)
  expect((await open(chen, one.shareId, kept)).status).toBe(201)
  await inDatabase(`UPDATE web_tickets SET previous_until = 1 WHERE id = '${WEB_APP}:agent'`)
  await expectRefused(later, await open(later, other.shareId, late))
})

/** As the passing of time would, in the service's own database. */
const inDatabase = (statement: string) =>
  inSqlite(path.join(stack.dir, 'sealcard.sqlite'), statement)

describe('who is no recipient', () => {
  test('a colleague who is not in the group gets no proof from the platform, nor the card', async () => {
    const { bubble, shareId } = await shared()
    const link = new URL((await opened('chen-wecom', bubble)).address).href
    const zhou = await phone('zhou-wecom').open({ via: 'link', url: link })
    await zhou.login()
    await zhou.register()
    expect(await zhou.prove()).toBe('getContext:ok')
    await expectRefused(zhou, await open(zhou, shareId, { encryptedData: '', iv: '' }))
  })

  test('a person who left the group gets none any more', async () => {
    const { bubble, shareId } = await shared()
    const chen = await opened('chen-wecom', bubble)
    await stack.control.leave(GROUP, 'chen')
    expect(await chen.prove()).toBe('getShareInfo:fail_not_recipient')
    await expectRefused(chen, await open(chen, shareId, { encryptedData: '', iv: '' }))
    await stack.control.join(GROUP, 'chen')
  })

  test('a person in WeChat has no application identity and no ticket', async () => {
    const { bubble } = await shared()
    const link = (await opened('chen-wecom', bubble)).address
    const chen = await phone('chen-wechat').open({ via: 'link', url: link })
    expect(await chen.register()).toMatchObject({ err_msg: 'agentConfig:function not exist' })
    expect(await chen.prove()).toMatch(/^getContext:/)
  })

  test('a customer in WeChat is told that they are no member, and has no session', async () => {
    await stack.control.addPerson({ id: 'guest', name: '客人 Guest' })
    await stack.control.addPhone({ id: 'guest-wechat', person: 'guest', client: 'wechat' })
    const guest = await phone('guest-wechat').open({ via: 'link', url: `${WEB_ORIGIN}/h5/` })
    const end = await guest.visit(await guest.authorize(await guest.leave()))
    expect([end.status, end.headers['location']]).toEqual([403, undefined])
    expect(end.text).toContain('本企业的成员')
    expect(guest.cookies.has(SESSION)).toBe(false)
    expect((await guest.call('GET', '/v1/sessions/current')).status).toBe(401)
  })

  test('a client before 3.1.8 can neither declare nor prove', async () => {
    const { bubble } = await shared()
    const old = await opened('chen-wecom-old', bubble)
    expect(await old.prove()).toBe('getContext:ok')
    expect(await old.invoke('getShareInfo', { shareTicket: 'x' })).toMatchObject({
      err_msg: 'getShareInfo:function not exist',
    })
    expect(await old.invoke('setShareAttr', { withShareTicket: true, state: 'x' })).toMatchObject({
      err_msg: 'setShareAttr:function not exist',
    })
  })
})

describe('the login', () => {
  test('that somebody else began does not end in this browser: no session, and a new state', async () => {
    const [mallory, victim] = [phone('zhou-wecom'), phone('chen-wecom')]
    const planted = await mallory.authorize(await mallory.leave())
    const answer = await victim.visit(planted)
    expect(answer.status).toBe(302)
    expect(victim.cookies.has(SESSION)).toBe(false)
    const state = new URL(String(answer.headers['location'])).searchParams.get('state')
    expect(state).toMatch(/^[0-9a-f]{64}$/)
    expect(planted).not.toContain(state)
  })

  test('with a planted login in a browser that began its own is refused, too', async () => {
    const [mallory, victim] = [phone('zhou-wecom'), phone('chen-wecom')]
    const planted = await mallory.authorize(await mallory.leave())
    await victim.leave()
    await victim.visit(planted)
    expect(victim.cookies.has(SESSION)).toBe(false)
  })

  test('with a forged state is begun again once, then explained, and never loops', async () => {
    const one = phone('chen-wecom')
    await one.leave()
    const first = await one.visit(`/h5/callback?code=x&state=${'0'.repeat(64)}`)
    expect(first.status).toBe(302)
    const again = new URL(await one.authorize(String(first.headers['location'])), WEB_ORIGIN)
    one.cookies.delete(LOGIN)
    const second = await one.visit(again.pathname + again.search)
    expect([second.status, second.headers['location']]).toEqual([403, undefined])
    expect(one.cookies.has(SESSION)).toBe(false)
  })

  test('counts once: the same address again gives no session', async () => {
    const one = phone('chen-wecom')
    const back = await one.authorize(await one.leave())
    const kept = one.cookies.get(LOGIN) ?? ''
    expect((await one.visit(back)).status).toBe(303)
    const thief = phone('chen-wecom')
    thief.cookies.set(LOGIN, kept)
    expect((await thief.visit(back)).status).toBe(302)
    expect(thief.cookies.has(SESSION)).toBe(false)
  })

  test('with a code that was used before gives no session', async () => {
    const one = phone('chen-wecom')
    const used = new URL(await one.authorize(await one.leave()), WEB_ORIGIN)
    await one.visit(used.pathname + used.search)
    const thief = phone('zhou-wecom')
    const own = new URL(await thief.authorize(await thief.leave()), WEB_ORIGIN)
    const code = used.searchParams.get('code') ?? ''
    const state = own.searchParams.get('state') ?? ''
    const answer = await thief.visit(`/h5/callback?${new URLSearchParams({ code, state })}`)
    expect(answer.status).toBe(302)
    expect(thief.cookies.has(SESSION)).toBe(false)
  })

  test('comes back to the trusted host alone: the platform refuses another', async () => {
    const one = phone('chen-wecom')
    const address = (await one.leave()).replace('cards.example.com', 'cards.example.com.evil.test')
    await expect(one.authorize(address)).rejects.toThrow('redirect_uri 参数错误')
  })

  test.each([
    '//evil.test/',
    '/h5/../v1/x',
    'https://evil.test/',
    '/h5/callback?code=x',
    '/\\evil.test',
  ])('leads nowhere but to a page of ours: %s', async (to) => {
    const query = new URLSearchParams({ app: WEB_APP, to }).toString()
    expect((await phone('chen-wecom').visit(`/h5/login?${query}`)).status).toBe(400)
  })
})

describe('the signature', () => {
  test.each([
    'https://evil.test/h5/',
    `${WEB_ORIGIN}.evil.test/h5/`,
    `https://cards.example.com@evil.test/`,
    `https://user@cards.example.com/h5/`,
    'http://cards.example.com/h5/',
    `${WEB_ORIGIN}:444/h5/`,
    `${WEB_ORIGIN}/h5/#/cards`,
  ])('is not made for %s', async (url) => {
    const answer = await phone('chen-wecom').call('POST', '/v1/h5/signatures', {
      app: WEB_APP,
      url,
    })
    expect([answer.status, answer.body.code]).toEqual([400, 'ERR_INPUT'])
  })

  test('of one address is none for another: the platform refuses the call', async () => {
    const lin = await home('lin-wecom')
    lin.address += '&view=2'
    expect(await lin.invoke('getContext')).toMatchObject({ err_msg: 'getContext:access denied' })
    await lin.register()
    expect(await lin.invoke('getContext')).toMatchObject({ err_msg: 'getContext:ok' })
  })

  test('needs the page of the corp that the person is logged in to', async () => {
    const lin = await phone('lin-wecom').open({ via: 'home' })
    await lin.register()
    const answer = await lin.invoke('agentConfig', {
      corpid: 'ww0000000000000009',
      agentid: '1000002',
      timestamp: '1',
      nonceStr: 'n',
      signature: '0'.repeat(40),
      jsApiList: ['getContext'],
    })
    expect(answer).not.toMatchObject({ err_msg: 'agentConfig:ok' })
  })
})

describe('the cookie', () => {
  test.each<[string, Record<string, string>]>([
    ['without the page’s own header', { 'x-sealcard': '' }],
    ['from another origin', { origin: 'https://evil.test' }],
    ['from a page without an origin', { origin: 'null' }],
  ])('%s does nothing', async (_, headers) => {
    const { shareId, bubble } = await shared()
    const chen = await opened('chen-wecom', bubble)
    const proof = await proofOf(chen)
    const answer = await chen.call('POST', `/v1/shares/${shareId}/openings`, proof, headers)
    expect([answer.status, answer.body.code]).toEqual([403, 'ERR_FORBIDDEN'])
  })
})

describe('the doctor’s routes', () => {
  test('are closed while no doctor waits', async () => {
    const chen = await home('chen-wecom')
    const run = 'AAAAAAAAAAAAAAAAAAAAAA'
    const answers = [
      await chen.call('GET', `/v1/h5/doctor/${run}`),
      await chen.call('POST', `/v1/h5/doctor/${run}/samples`, {
        encryptedData: 'AA==',
        iv: 'AA==',
      }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([404, 404])
  })
})

test('no answer and no line of the log holds a ticket', async () => {
  for (const kind of ['agent', 'corp'] as const) {
    const ticket = await ticketOf(kind)
    expect(ticket).toHaveLength(86)
    expect(stack.bff.output).not.toContain(ticket)
  }
})
