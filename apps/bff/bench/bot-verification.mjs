// A6: how long the verification of a bot's URL takes while the service has other work, against its limits:
// p99 100 ms, never over a second. The built service runs in a process of its own; times count from when a
// request was due, so that a generator that falls behind makes them longer, not shorter.
import { createCipheriv, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sealReply } from '@sealcard/crypto'
import { freePort } from '../../../scripts/lib/ports.mjs'
import { service } from '../../../scripts/lib/service.mjs'
import { spread } from './lib/figures.mjs'
import { sessionKey, startWecom } from './lib/wecom.mjs'

const SECONDS = Number(process.env.SECONDS ?? 20)
const VERIFICATIONS = 200
/** Requests a second of each other kind: 500 together. */
const MIX = { callback: 50, opening: 40, list: 410 }
/** As many, but more of them write than one SQLite file takes: they queue up behind it. */
const HEAVY = { callback: 250, opening: 150, list: 100 }
const LIMIT = { p99: 100, max: 1000 }

const bot = {
  token: 'TokenOfTheBench000000001',
  encodingAesKey: 'Zq3t6w9zCbFjNcRfUjXn2r5u7xADGKaPdSgVkYp3s6v',
  receiveId: '',
}
const dir = mkdtempSync(path.join(tmpdir(), 'sealcard-bench-'))

const platform = await startWecom()

const port = await freePort(0)
const many = 1_000_000
writeFileSync(
  path.join(dir, 'config.json'),
  JSON.stringify({
    apps: [
      {
        id: 'bench',
        platform: 'wecom',
        corpid: 'ww0000000000000001',
        agentid: 1,
        secret: 'bench',
        apiBase: platform.apiBase,
      },
    ],
    bots: [{ id: 'desk', app: 'bench', ...bot }],
    limits: {
      loginsPerPersonPerMinute: many,
      loginsPerAddressPerMinute: many,
      cardsPerPersonPerMinute: many,
      cardsPerPersonPerDay: many,
      sharesPerPersonPerMinute: many,
      openingsPerPersonPerMinute: many,
      adminGuessesPerMinute: many,
      requestsPerAddressPerSecond: many,
    },
  }),
)
const bff = service('the BFF', ['apps/bff/dist/main.js'], {
  HOST: '127.0.0.1',
  PORT: String(port),
  NODE_ENV: 'development',
  SEALCARD_CONFIG: path.join(dir, 'config.json'),
  DATABASE_URL: `sqlite:${path.join(dir, 'bench.sqlite')}`,
  SEALCARD_KEYRING: `k1:${randomBytes(32).toString('base64')}`,
})

// Members and messages come through a gateway, which has so many connections and no more; Node accepts one new one in
// each turn of its loop, so a generator that opens a thousand when the service is busy would measure that. Whoever
// verifies a URL comes on connections of their own.
const gateway = new http.Agent({ keepAlive: true, maxSockets: 128 })
const platformAgent = new http.Agent({ keepAlive: true })
/** @returns {Promise<{status: number, text: string}>} status 0: no answer */
const ask = (method, url, { token, body, agent = gateway } = {}) =>
  new Promise((resolve) => {
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      }),
    }
    const request = http.request({ host: '127.0.0.1', port, agent, method, path: url, headers })
    request.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk))
      response.on('end', () => resolve({ status: response.statusCode, text }))
      response.on('error', () => resolve({ status: 0, text: '' }))
    })
    request.on('error', () => resolve({ status: 0, text: '' }))
    request.end(body)
  })
const json = async (method, url, { body, ...rest } = {}) =>
  JSON.parse((await ask(method, url, { ...rest, body: body && JSON.stringify(body) })).text)

let count = 0
const sealed = (plaintext) => {
  const { encrypt, msgsignature, timestamp, nonce } = sealReply(bot, plaintext, {
    timestamp: Math.floor(Date.now() / 1000),
    nonce: `bench-${(count += 1)}`,
  })
  const query = { msg_signature: msgsignature, timestamp: String(timestamp), nonce }
  return { query, encrypt }
}
const url = (query) => `/v1/bots/desk/callback?${new URLSearchParams(query)}`

const world = async () => {
  const body = (code) => ({ body: { app: 'bench', code } })
  const [owner, reader] = await Promise.all(
    ['owner', 'reader'].map(async (name) => (await json('POST', '/v1/sessions', body(name))).token),
  )
  const card = { title: 'Bench', body: 'The secret of the bench.' }
  const { id } = await json('POST', '/v1/cards', { token: owner, body: card })
  const share = await json('POST', `/v1/cards/${id}/shares`, { token: owner })
  return { owner, reader, share: share.id, state: share.declare.state }
}

/** Every opening has a proof of its own. */
const proof = (state) => {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-128-cbc', sessionKey, iv)
  const info = JSON.stringify({ chatId: 'chat', state, curReceiver: 'reader' })
  const data = Buffer.concat([cipher.update(info), cipher.final()])
  return JSON.stringify({ encryptedData: data.toString('base64'), iv: iv.toString('base64') })
}

/** What was wrong with an answer; nothing: ''. */
const judged = ({ status, text }, wanted, expected = text) =>
  status === 0
    ? 'without an answer'
    : status !== wanted
      ? `${status}`
      : text === expected
        ? ''
        : 'other bytes'

/** What is sent, and what was wrong with the answer. */
const kinds = ({ owner, reader, share, state }) => ({
  verification: async () => {
    const plaintext = String(count)
    const { query, encrypt } = sealed(plaintext)
    const answer = await ask('GET', url({ ...query, echostr: encrypt }), { agent: platformAgent })
    return judged(answer, 200, plaintext)
  },
  callback: async () => {
    const content = ['帮助', '统计', '我的卡片', '谁看过 1'][count % 4]
    const said = { msgtype: 'text', text: { content }, chattype: 'single' }
    // The platform lets one person have three messages in the air, not a hundred.
    const from = { userid: count % 100 ? `person-${count % 400}` : 'owner' }
    const { query, encrypt } = sealed(JSON.stringify({ msgid: `m-${count}`, from, ...said }))
    return judged(await ask('POST', url(query), { body: JSON.stringify({ encrypt }) }), 200)
  },
  opening: async () => {
    const path = `/v1/shares/${share}/openings`
    return judged(await ask('POST', path, { token: reader, body: proof(state) }), 201)
  },
  list: async () => judged(await ask('GET', '/v1/cards?box=sent', { token: owner }), 200),
})

/** Requests that are due at these rates, whether or not the ones before were answered. */
const run = async (work, rates, seconds) => {
  const results = Object.fromEntries(Object.keys(rates).map((kind) => [kind, { ms: [], bad: {} }]))
  const sent = Object.fromEntries(Object.keys(rates).map((kind) => [kind, 0]))
  const open = new Set()
  const start = performance.now()
  while (performance.now() - start < seconds * 1000) {
    for (const [kind, rate] of Object.entries(rates)) {
      const step = 1000 / rate
      while (start + sent[kind] * step <= performance.now()) {
        const due = start + sent[kind]++ * step
        const one = work[kind]().then((wrong) => {
          const { ms, bad } = results[kind]
          ms.push(performance.now() - due)
          if (wrong) bad[wrong] = (bad[wrong] ?? 0) + 1
          open.delete(one)
        })
        open.add(one)
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(open)
  return results
}

const shown = ({ ms, bad }) => {
  const { p50, p99, max } = spread(ms)
  const wrong = Object.entries(bad).map(([what, n]) => `, ${n} ${what}`)
  return `${ms.length} sent, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, max ${max.toFixed(1)} ms${wrong.join('')}`
}

const total = (rates) => Object.values(rates).reduce((sum, rate) => sum + rate, 0)
const verifying = (rates) => ({ verification: VERIFICATIONS, ...rates })

try {
  await bff.ready
  const cold = performance.now()
  await kinds({}).verification()
  console.log(`the first request after a start: ${(performance.now() - cold).toFixed(1)} ms`)
  const work = kinds(await world())
  // Code that has run before is what a service in use runs.
  await run(work, verifying(MIX), 3)
  const alone = await run(work, verifying({}), SECONDS / 4)
  const idle = spread(alone.verification.ms)
  console.log(
    `${VERIFICATIONS} verifications of a URL a second, alone: ${shown(alone.verification)}`,
  )
  for (const [what, mix, seconds] of [
    ['other requests', MIX, SECONDS],
    ['other requests, more than the database takes', HEAVY, SECONDS / 4],
  ]) {
    const busy = await run(work, verifying(mix), seconds)
    console.log(`beside ${total(mix)} ${what}, a second: ${shown(busy.verification)}`)
    for (const kind of Object.keys(mix)) console.log(`  ${kind}: ${shown(busy[kind])}`)
    const { p99, max } = spread(busy.verification.ms)
    console.log(
      `  ratio of the p99 to its limit of ${LIMIT.p99} ms ${(p99 / LIMIT.p99).toFixed(2)}, of the max to its limit ` +
        `of ${LIMIT.max} ms ${(max / LIMIT.max).toFixed(2)}, of the p99 to that alone ${(p99 / idle.p99).toFixed(2)}`,
    )
  }
} finally {
  gateway.destroy()
  platformAgent.destroy()
  await bff.stop()
  platform.close()
  rmSync(dir, { recursive: true, force: true })
}
