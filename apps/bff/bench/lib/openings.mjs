import { createCipheriv, randomBytes } from 'node:crypto'
import { client } from './http.mjs'
import { sessionKey } from './wecom.mjs'

/** Every opening has a proof of its own. */
const proof = (info) => {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-128-cbc', sessionKey, iv)
  const data = Buffer.concat([cipher.update(JSON.stringify(info)), cipher.final()])
  return { encryptedData: data.toString('base64'), iv: iv.toString('base64') }
}

/** A shared card of the service on `port`, and people who open it. */
export const sharedCard = async (port, readers) => {
  const ask = client(port)
  const made = async (url, options) => {
    const { status, text } = await ask('POST', url, options)
    if (status !== 201) throw new Error(`${url}: ${status} ${text}`)
    return JSON.parse(text)
  }
  const login = async (name) =>
    (await made('/v1/sessions', { body: { app: 'acme-wecom', code: name } })).token
  const token = await login('bench-owner')
  const { id } = await made('/v1/cards', {
    token,
    body: { title: 'Bench', body: 'The secret of the bench.' },
  })
  const share = await made(`/v1/cards/${id}/shares`, { token })
  const tokens = []
  for (let i = 0; i < readers; i++) tokens.push(await login(`bench-${i}`))
  const url = `/v1/shares/${share.id}/openings`
  return {
    /** @returns {Promise<number>} how long the n-th opening took, ms */
    async open(n) {
      const reader = n % readers
      const { state } = share.declare
      const body = proof({ chatId: 'chat', state, curReceiver: `bench-${reader}` })
      const answer = await ask('POST', url, { token: tokens[reader], body })
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`)
      return answer.ms
    },
  }
}
