import { createCipheriv } from 'node:crypto'
import { WECHAT, WECHAT_B, WECOM } from '../../kit/config.js'
import { key, seal, wechatProof, wecomProof } from '../../kit/proofs.js'
import { statementsOf } from '../../kit/statements-of.js'
import { type Answer, TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeAll(async () => {
  app = await TestApp.start()
})
afterAll(() => app.stop())

const shape = ({ status, headers, body }: Answer) => {
  const { 'x-request-id': _, date: __, ...rest } = headers
  return { status, headers: rest, body: { ...body, requestId: '' } }
}

/** What `/metrics` counts, times left out. */
const counted = async (): Promise<Map<string, number>> => {
  const { text } = await app.call('GET', '/metrics')
  const lines = text
    .split('\n')
    .filter((line) => /^(sealcard|http)_(?!.*_(sum|bucket)\b)/.test(line))
  return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]))
}

/** What `work` moved there. */
const moved = async (work: () => Promise<unknown>): Promise<Record<string, number>> => {
  const before = await counted()
  await work()
  const after = await counted()
  const differences = [...after].map(([name, n]) => [name, n - (before.get(name) ?? 0)] as const)
  return Object.fromEntries(differences.filter(([, n]) => n !== 0))
}

/** One block whose padding is wrong under the key. */
const badPadding = (sessionKey: string, iv: string) => {
  const cipher = createCipheriv(
    'aes-128-cbc',
    Buffer.from(sessionKey, 'base64'),
    Buffer.from(iv, 'base64'),
  )
  cipher.setAutoPadding(false)
  const encryptedData = cipher.update(Buffer.alloc(96, 0x41)).toString('base64')
  return { encryptedData, iv }
}

describe.each([WECHAT, WECOM])('B1 B2 one refusal for every cause, in %s', (appId) => {
  const wecom = appId === WECOM
  const proofOf = (person: string, declared: string, nonce: string) =>
    wecom
      ? wecomProof(key(person), declared, person, nonce)
      : wechatProof(key(person), declared, nonce)

  test('B2 status, headers, body, statements and what the metrics count are the same', async () => {
    const alice = await app.login('alice', appId)
    const bob = await app.login('bob', appId)
    const carol = await app.login('carol', WECHAT_B)
    const mine = await app.shared(alice)
    const other = await app.shared(alice)
    const foreign = await app.shared(carol)
    const used = proofOf('bob', mine.declared, 'used')
    expect((await app.open(bob, mine.shareId, used)).status).toBe(201)
    app.clock.advance(60_001)
    const revoked = await app.shared(alice)
    await app.call('POST', `/v1/cards/${revoked.cardId}/revoke`, { token: alice })

    // Once a minute an opening also writes that the person was seen, whatever becomes of it.
    await app.open(bob, mine.shareId, proofOf('bob', 'x'.repeat(43), 'seen'))

    const good = (nonce: string) => proofOf('bob', mine.declared, nonce)
    const { iv } = good('x')
    const k = key('bob')
    const causes: [string, string, object][] = [
      ['empty', mine.shareId, { encryptedData: '', iv: '' }],
      ['bad base64', mine.shareId, { encryptedData: '****', iv }],
      ['bad iv', mine.shareId, { ...good('a'), iv: 'AAAA' }],
      [
        'bad length',
        mine.shareId,
        { ...good('b'), encryptedData: good('b').encryptedData.slice(4) },
      ],
      ['bad padding', mine.shareId, badPadding(k, iv)],
      ['bad UTF-8', mine.shareId, seal(k, Buffer.alloc(85, 0xff), iv)],
      ['bad JSON', mine.shareId, seal(k, '{"chatId":"c","state":', iv)],
      ['not the documented JSON', mine.shareId, seal(k, '{"chatId":"c"}', iv)],
      ['unknown value', mine.shareId, proofOf('bob', 'x'.repeat(43), 'c')],
      ['a prefix of the value', mine.shareId, proofOf('bob', mine.declared.slice(0, -1), 'd')],
      ['the value and more', mine.shareId, proofOf('bob', `${mine.declared}x`, 'e')],
      ["another card's value", mine.shareId, proofOf('bob', other.declared, 'f')],
      ["another person's key", mine.shareId, proofOf('alice', mine.declared, 'g')],
      ['no such share', 'AAAAAAAAAAAAAAAAAAAAAA', good('h')],
      ['not a share id', "%00'--", good('i')],
      ['a long share id', 'x'.repeat(900), good('j')],
      ['a share id as long as a URL can be', 'x'.repeat(15_000), good('j2')],
      ["another app's share", foreign.shareId, proofOf('bob', foreign.declared, 'k')],
      ['a used proof', mine.shareId, used],
      ["a revoked card's share, unproven", revoked.shareId, good('l')],
      ...(wecom
        ? ([
            ['another receiver', mine.shareId, wecomProof(k, mine.declared, 'alice', 'm')],
            ['no receiver', mine.shareId, wecomProof(k, mine.declared, '', 'n')],
            ['too long', mine.shareId, wecomProof(k, mine.declared, 'bob', 'o', 'c'.repeat(400))],
            [
              'a key twice',
              mine.shareId,
              seal(k, `{"state":"${mine.declared}","curReceiver":"alice","curReceiver":"bob"}`, iv),
            ],
          ] as [string, string, object][])
        : []),
    ]
    const seen = new Map<string, { answer: object; sql: string[]; metrics: object }>()
    for (const [name, shareId, proof] of causes) {
      let answer: Answer | undefined
      let sql: string[] = []
      const metrics = await moved(async () => {
        sql = await statementsOf(app, async () => {
          answer = await app.open(bob, shareId, proof)
        })
      })
      seen.set(name, { answer: shape(answer as Answer), sql, metrics })
    }
    const first = seen.get('bad padding')
    expect(first?.answer).toMatchObject({ status: 403, body: { code: 'ERR_PROOF_REJECTED' } })
    expect(Object.keys(first?.metrics ?? {})).toContain(
      'sealcard_decisions_total{outcome="refused",reason=""}',
    )
    for (const [name, { answer, sql, metrics }] of seen) {
      expect({ name, answer }).toEqual({ name, answer: first?.answer })
      expect({ name, sql }).toEqual({ name, sql: first?.sql })
      expect({ name, metrics }).toEqual({ name, metrics: first?.metrics })
    }
  })
})

describe('B5 a stolen value opens nothing', () => {
  test('on the other platform, in the other app, or by another person', async () => {
    const alice = await app.login('alice')
    const { shareId, declared } = await app.shared(alice)
    const wecomAlice = await app.login('alice', WECOM)
    const betaAlice = await app.login('alice', WECHAT_B)
    const answers = [
      await app.open(wecomAlice, shareId, wecomProof(key('alice'), declared, 'alice')),
      await app.open(wecomAlice, shareId, wechatProof(key('alice'), declared)),
      await app.open(betaAlice, shareId, wechatProof(key('alice'), declared)),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
  })

  test('the value is in no URL, row or audit entry; of the token only a hash is kept', async () => {
    const alice = await app.login('alice')
    const bob = await app.login('bob')
    const { shareId, declared } = await app.shared(alice, {
      title: 'CANARY-TITLE',
      body: 'CANARY-BODY',
    })
    await app.open(bob, shareId, wechatProof(key('bob'), declared, 'canary'))
    const dump: unknown[] = []
    for (const { tableName } of app.storage.entityMetadatas) {
      dump.push(await app.storage.query(`SELECT * FROM ${tableName}`))
    }
    const text = JSON.stringify(dump)
    for (const secret of [
      declared,
      alice,
      bob,
      key('alice'),
      key('bob'),
      'CANARY-TITLE',
      'CANARY-BODY',
    ]) {
      expect(text.includes(secret)).toBe(false)
    }
    expect(text).toContain(shareId)
  })
})
