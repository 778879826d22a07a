import { createCipheriv, randomBytes } from 'node:crypto'
import { sealReply } from '@sealcard/crypto'
import { sessionKey } from './wecom.mjs'

/** The bot of the bench; `startService` configures it. */
export const BOT = {
  token: 'TokenOfTheBench000000001',
  encodingAesKey: 'Zq3t6w9zCbFjNcRfUjXn2r5u7xADGKaPdSgVkYp3s6v',
  receiveId: '',
}
const READERS = 200
const OWNERS = 16
const CARDS_OF_EACH = 20
/** Numbers of messages and logins must not repeat: each run has its own. */
const run = randomBytes(6).toString('base64url')

/** Every opening has a proof of its own. */
export const proofOf = (info) => {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-128-cbc', sessionKey, iv)
  const data = Buffer.concat([cipher.update(JSON.stringify(info)), cipher.final()])
  return JSON.stringify({ encryptedData: data.toString('base64'), iv: iv.toString('base64') })
}

/** What is wrong with an answer; nothing: ''. */
const judged = ({ status }, wanted) =>
  status === wanted ? '' : status === 0 ? 'no answer' : String(status)

const sealed = (plaintext) => {
  const { encrypt, msgsignature, timestamp, nonce } = sealReply(BOT, plaintext, {
    timestamp: Math.floor(Date.now() / 1000),
    nonce: randomBytes(8).toString('hex'),
  })
  const query = new URLSearchParams({ msg_signature: msgsignature, timestamp, nonce })
  return { url: `/v1/bots/desk/callback?${query}`, encrypt }
}

/**
 * People, their cards, and a card of each owner that is shared with all of them.
 * @param send of a client of the service
 * @returns by kind of request: `(n) => Promise<string>`, with '' or what is wrong; `opened` collects the ids of openings
 */
export const worldOf = async (send) => {
  const made = async (url, token, body) => {
    const { status, text } = await send('POST', url, { token, body: JSON.stringify(body) })
    if (status !== 201) throw new Error(`${url}: ${status} ${text}`)
    return JSON.parse(text)
  }
  const login = async (name) =>
    (await made('/v1/sessions', undefined, { app: 'acme-wecom', code: name })).token
  const people = (name, count) =>
    Promise.all(Array.from({ length: count }, (_, n) => login(`${name}-${n}`)))
  const owners = await people('owner', OWNERS)
  const words = { title: '周五的安排', body: 'The secret of the bench.' }
  for (let n = 0; n < CARDS_OF_EACH; n++)
    await Promise.all(owners.map((owner) => made('/v1/cards', owner, words)))
  const shares = await Promise.all(
    owners.map(async (owner) => {
      const { id } = await made('/v1/cards', owner, words)
      return made(`/v1/cards/${id}/shares`, owner, {})
    }),
  )
  const readers = await people('reader', READERS)
  const opened = []
  const open = async (n, share) => {
    const reader = n % READERS
    const { state } = share.declare
    const body = proofOf({ chatId: 'chat', state, curReceiver: `reader-${reader}` })
    const url = `/v1/shares/${share.id}/openings`
    const answer = await send('POST', url, { token: readers[reader], body })
    if (answer.status === 201) opened.push(JSON.parse(answer.text).id)
    return judged(answer, 201)
  }
  return {
    opened,
    health: async () => judged(await send('GET', '/healthz'), 200),
    /** Everybody opens the same card. */
    opening: (n) => open(n, shares[0]),
    /** Each opens another card than the one before. */
    openingOfMany: (n) => open(n, shares[n % OWNERS]),
    list: async (n) =>
      judged(await send('GET', '/v1/cards?box=sent', { token: owners[n % OWNERS] }), 200),
    login: async (n) => {
      const body = JSON.stringify({ app: 'acme-wecom', code: `guest-${run}-${n % 5_000}` })
      return judged(await send('POST', '/v1/sessions', { body }), 201)
    },
    /** WeCom asks whether the bot's URL is the bot's: the answer is what was sealed in the question. */
    verification: async (n) => {
      const { url, encrypt } = sealed(`verify-${n}`)
      const { status, text } = await send(
        'GET',
        `${url}&${new URLSearchParams({ echostr: encrypt })}`,
      )
      return judged(
        { status: text === `verify-${n}` || status !== 200 ? status : 'other bytes' },
        200,
      )
    },
    callback: async (n) => {
      const content = ['帮助', '统计', '我的卡片', '谁看过 1'][n % 4]
      const text = { msgtype: 'text', text: { content }, chattype: 'single' }
      const message = { msgid: `${run}-${n}`, from: { userid: `person-${n % 400}` }, ...text }
      const { url, encrypt } = sealed(JSON.stringify(message))
      return judged(await send('POST', url, { body: JSON.stringify({ encrypt }) }), 200)
    },
  }
}

/** An opening for a server that knows no people. */
export const bareOpening = (send) => async () => {
  const body = proofOf({ chatId: 'chat', state: 'x'.repeat(22), curReceiver: 'reader-1' })
  return judged(await send('POST', '/v1/shares/x/openings', { body }), 201)
}

export const health = (send) => async () => judged(await send('GET', '/healthz'), 200)
