import { deriveTicketKey, ticketKeyDerivations } from '@sealcard/crypto'
import { HOUR, MINUTE } from '../../../src/core/time.js'
import { ROOMY, WECOM, WECOM_B } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, seal, wecomProof } from '../../kit/proofs.js'
import { statementsOf } from '../../kit/statements-of.js'
import { type Answer, TestApp } from '../../kit/test-app.js'
import { H5, ORIGIN, pageProof, WebBrowser, webConfig } from '../../kit/web-browser.js'

const B = { ...H5, origin: 'https://b.example.com', verifyFile: undefined }

let app: TestApp
let alice: WebBrowser
let bob: WebBrowser

beforeAll(async () => {
  app = await TestApp.start(webConfig({}, { [WECOM_B]: B }))
  alice = await new WebBrowser(app).login('alice')
  bob = await new WebBrowser(app).login('bob')
})
afterAll(() => app.stop())

/** A card and its share. */
const shared = async (by = alice) => {
  const card = await by.call('POST', '/v1/cards', { title: 'Title', body: 'The secret' })
  const share = await by.call('POST', `/v1/cards/${card.body.id}/shares`)
  expect(share.status).toBe(201)
  return { cardId: card.body.id as string, shareId: share.body.id as string, share: share.body }
}
const open = (by: WebBrowser, shareId: string, proof: object): Promise<Answer> =>
  by.call('POST', `/v1/shares/${shareId}/openings`, proof)

const shape = ({ status, headers, body }: Answer) => {
  const { 'x-request-id': _, date: __, ...rest } = headers
  return { status, headers: rest, body: { ...body, requestId: '' } }
}

let nonces = 0
const nonce = () => `web ${(nonces += 1)}`

/** Nothing is wrong with it. */
const good = async (person = 'bob') => {
  const { shareId, share, cardId } = await shared()
  const proof = pageProof(app, share.declare.state, person, { nonce: nonce() })
  return { shareId, cardId, state: share.declare.state as string, proof }
}

test('a share of a page says how it is declared, and where it is opened', async () => {
  const { share } = await shared()
  expect(share.declare).toEqual({
    platform: 'wecom',
    state: expect.stringMatching(/^[\w-]{43}$/),
  })
  expect(share.h5Url).toBe(`${ORIGIN}/h5/o?s=${share.id}`)
  expect(share.path).toBe(`/pages/open/index?s=${share.id}`)
})

test('the address of a card with few openings asks the page to peek first', async () => {
  const token = await app.login('alice', WECOM)
  for (const [maxOpensPerViewer, asks] of [
    [3, '&c=1'],
    [4, ''],
  ] as const) {
    const { shareId, cardId } = await app.shared(token, {
      title: 'Title',
      body: '',
      policy: { maxOpensPerViewer },
    })
    const { body } = await app.call('POST', `/v1/cards/${cardId}/shares`, { token })
    expect(body.h5Url).toBe(`${ORIGIN}/h5/o?s=${shareId}${asks}`)
  }
})

test('a mini-program’s share has the address, too, where its app has a page', async () => {
  const token = await app.login('alice', WECOM)
  const { shareId, cardId } = await app.shared(token)
  const answer = await app.call('POST', `/v1/cards/${cardId}/shares`, { token })
  expect(answer.body.h5Url).toBe(`${ORIGIN}/h5/o?s=${shareId}`)
  const other = await app.shared(await app.login('alice'))
  const elsewhere = await app.login('alice')
  const wechat = await app.call('POST', `/v1/cards/${other.cardId}/shares`, { token: elsewhere })
  expect(wechat.body).not.toHaveProperty('h5Url')
})

test('a member whom the platform proves opens the card, and its owner sees it', async () => {
  const { shareId, cardId, proof } = await good()
  const answer = await open(bob, shareId, proof)
  expect(answer.status).toBe(201)
  expect(answer.body.card).toMatchObject({ title: 'Title', body: 'The secret' })
  const { body } = await alice.call('GET', `/v1/cards/${cardId}/openings`)
  expect(body.items).toHaveLength(1)
})

test('its owner gets its id, whatever the proof holds', async () => {
  const { shareId, cardId } = await good()
  const answer = await open(alice, shareId, { encryptedData: '', iv: '' })
  expect([answer.status, answer.body]).toEqual([200, { owner: { cardId } }])
})

test('a card that a mini-program shared opens in a page, with a proof of the page', async () => {
  const { shareId, declared } = await app.shared(await app.login('alice', WECOM))
  const answer = await open(bob, shareId, pageProof(app, declared, 'bob', { nonce: nonce() }))
  expect(answer.status).toBe(201)
})

describe('one refusal', () => {
  const refusals: [string, () => Promise<Answer>][] = [
    [
      'the proof of another person',
      async () => open(bob, (await good()).shareId, (await good('carol')).proof),
    ],
    [
      'another person’s proof of this very card',
      async () => {
        const { shareId, proof } = await good('carol')
        return open(bob, shareId, proof)
      },
    ],
    [
      'the proof of a partner corp’s member with the same name',
      async () => {
        const { shareId, state } = await good()
        return open(bob, shareId, pageProof(app, state, 'ww02/bob', { nonce: nonce() }))
      },
    ],
    [
      'the proof of another card',
      async () => open(bob, (await good()).shareId, (await good()).proof),
    ],
    [
      'a share that is not there',
      async () => open(bob, 'AAAAAAAAAAAAAAAAAAAAAA', (await good()).proof),
    ],
    [
      'a proof under the ticket of another app',
      async () => {
        const { shareId, state } = await good()
        return open(bob, shareId, pageProof(app, state, 'bob', { appId: WECOM_B, nonce: nonce() }))
      },
    ],
    [
      'a proof under the corp’s ticket',
      async () => {
        const { shareId, state } = await good()
        return open(bob, shareId, pageProof(app, state, 'bob', { kind: 'corp', nonce: nonce() }))
      },
    ],
    [
      'a proof of a mini-program, under the person’s own session key',
      async () => {
        await app.login('bob', WECOM)
        const { shareId, state } = await good()
        return open(bob, shareId, wecomProof(key('bob'), state, 'bob', nonce()))
      },
    ],
    [
      'a share of another app',
      async () => {
        const other = await new WebBrowser(app, B.origin, WECOM_B).login('alice')
        const { shareId, share } = await shared(other)
        const { state } = share.declare
        return open(bob, shareId, pageProof(app, state, 'bob', { nonce: nonce() }))
      },
    ],
    [
      'a proof without a receiver',
      async () => {
        const { shareId, state } = await good()
        const ticket = app.wecom.web.ticket('agent', { id: WECOM })
        const text = JSON.stringify({ chatId: 'chat', state, curReceiver: '' })
        return open(bob, shareId, seal(deriveTicketKey(ticket, 'url16'), text, key(nonce())))
      },
    ],
    [
      'a state that is forged',
      async () => {
        const { shareId } = await good()
        return open(bob, shareId, pageProof(app, 'A'.repeat(43), 'bob', { nonce: nonce() }))
      },
    ],
    ['no proof', async () => open(bob, (await good()).shareId, { encryptedData: '', iv: '' })],
    [
      'a proof that was used before',
      async () => {
        const { shareId, proof } = await good()
        expect((await open(bob, shareId, proof)).status).toBe(201)
        app.clock.advance(MINUTE + 1)
        return open(bob, shareId, proof)
      },
    ],
    ...ticketKeyDerivations
      .filter((name) => name !== 'url16' && name !== 'url32')
      .map((name): [string, () => Promise<Answer>] => [
        `a key by another derivation, ${name}`,
        async () => {
          const { shareId, state } = await good()
          // Its first letters need no decoding that differs: all derivations but one make another key.
          const ticket = app.wecom.web.ticket('agent', { id: WECOM })
          const sessionKey = deriveTicketKey(ticket, name)
          if (sessionKey === deriveTicketKey(ticket, 'url16')) return refusal()
          return open(bob, shareId, wecomProof(sessionKey, state, 'bob', nonce()))
        },
      ]),
  ]
  const refusal = () => open(bob, 'BBBBBBBBBBBBBBBBBBBBBB', { encryptedData: 'AAAA', iv: 'AAAA' })

  test.each(refusals)('%s', async (_what, work) => {
    const answer = await work()
    expectProblem(answer, 'ERR_PROOF_REJECTED')
    expect(shape(answer)).toEqual(shape(await refusal()))
  })

  test('whatever is wrong, the service asks its database the same', async () => {
    const { shareId, state } = await good()
    const ours = (options: object) => pageProof(app, state, 'bob', { nonce: nonce(), ...options })
    const nowhere = 'AAAAAAAAAAAAAAAAAAAAAA'
    const attempts: [string, object][] = [
      [nowhere, ours({})],
      [shareId, pageProof(app, state, 'carol', { nonce: nonce() })],
      [shareId, ours({ kind: 'corp' })],
      [shareId, ours({ generation: 99 })],
      [shareId, pageProof(app, 'A'.repeat(43), 'bob', { nonce: nonce() })],
    ]
    const rejected = async ([share, proof]: [string, object]) =>
      expectProblem(await open(bob, share, proof), 'ERR_PROOF_REJECTED')
    // What a minute's first refusal alone writes is behind us.
    for (const attempt of attempts) await rejected(attempt)
    const asked = []
    for (const attempt of attempts) asked.push(await statementsOf(app, () => rejected(attempt)))
    expect(asked[0]?.length).toBeGreaterThan(3)
    for (const one of asked) expect(one).toEqual(asked[0])
  })

  test('a proof of a page in the session of a mini-program, also of the same person', async () => {
    const token = await app.login('bob', WECOM)
    const { shareId, proof } = await good()
    expectProblem(await app.open(token, shareId, proof), 'ERR_PROOF_REJECTED')
    expect((await open(bob, shareId, proof)).status).toBe(201)
  })
})

describe('when the ticket changes', () => {
  const renewed = async () => {
    const one = await TestApp.start(webConfig())
    const owner = await new WebBrowser(one).login('alice')
    const reader = await new WebBrowser(one).login('bob')
    const card = await owner.call('POST', '/v1/cards', { title: 'T', body: 'B' })
    const share = await owner.call('POST', `/v1/cards/${card.body.id}/shares`)
    const { state } = share.body.declare
    const attempt = (generation: number) =>
      open(reader, share.body.id, pageProof(one, state, 'bob', { generation, nonce: nonce() }))
    // The first ticket is fetched, and replaced.
    expect((await attempt(1)).status).toBe(201)
    const replace = async () => {
      one.wecom.web.generation += 1
      one.clock.advance(2 * HOUR)
      await attempt(one.wecom.web.generation)
    }
    return { one, attempt, replace }
  }

  test('the one before opens for ten minutes, and not longer', async () => {
    const { one, attempt, replace } = await renewed()
    try {
      await replace()
      one.clock.advance(10 * MINUTE - 1)
      expect((await attempt(1)).status).toBe(201)
      one.clock.advance(1)
      expectProblem(await attempt(1), 'ERR_PROOF_REJECTED')
      expect((await attempt(2)).status).toBe(201)
    } finally {
      await one.stop()
    }
  })

  test('the one before the previous opens nothing', async () => {
    const { one, attempt, replace } = await renewed()
    try {
      await replace()
      await replace()
      expectProblem(await attempt(1), 'ERR_PROOF_REJECTED')
      expect((await attempt(2)).status).toBe(201)
      expect((await attempt(3)).status).toBe(201)
    } finally {
      await one.stop()
    }
  })

  test('nothing opens while no ticket can be had, and that is no refusal', async () => {
    const one = await TestApp.start(webConfig())
    try {
      const reader = await new WebBrowser(one).login('bob')
      const owner = await new WebBrowser(one).login('alice')
      const card = await owner.call('POST', '/v1/cards', { title: 'T', body: 'B' })
      const share = await owner.call('POST', `/v1/cards/${card.body.id}/shares`)
      one.wecom.web.down = true
      const nothing = { encryptedData: '', iv: '' }
      const answers = [
        await open(reader, 'AAAAAAAAAAAAAAAAAAAAAA', nothing),
        await open(reader, share.body.id, nothing),
        // The owner asks for a share that is not theirs.
        await open(owner, 'AAAAAAAAAAAAAAAAAAAAAA', nothing),
      ]
      for (const answer of answers) {
        expectProblem(answer, 'ERR_PLATFORM_UNAVAILABLE')
        expect(shape(answer)).toEqual(shape(answers[0] as Answer))
      }
      // The owner's answer needs no proof, and so no ticket.
      const own = await open(owner, share.body.id, nothing)
      expect([own.status, own.body]).toEqual([200, { owner: { cardId: card.body.id } }])
    } finally {
      await one.stop()
    }
  })
})

describe('while nobody found out how the key is made', () => {
  let one: TestApp
  let owner: WebBrowser
  let reader: WebBrowser
  beforeAll(async () => {
    one = await TestApp.start(webConfig({ keyDerivation: 'unverified' }))
    owner = await new WebBrowser(one).login('alice')
    reader = await new WebBrowser(one).login('bob')
  })
  afterAll(() => one.stop())

  test('a page shares no card, and says what to do', async () => {
    const card = await owner.call('POST', '/v1/cards', { title: 'T', body: 'B' })
    const answer = await owner.call('POST', `/v1/cards/${card.body.id}/shares`)
    expectProblem(answer, 'ERR_H5_UNVERIFIED')
    expect(answer.body.title).toContain('sealcard doctor h5')
  })

  test('a mini-program shares its cards, without an address of a page', async () => {
    const token = await one.login('alice', WECOM)
    const { cardId } = await one.shared(token)
    const { body } = await one.call('POST', `/v1/cards/${cardId}/shares`, { token })
    expect(body).not.toHaveProperty('h5Url')
  })

  test.each(ticketKeyDerivations.filter((name) => name !== 'url32'))(
    'no proof opens a card, by whatever derivation: %s',
    async (name) => {
      const { shareId, declared } = await one.shared(await one.login('alice', WECOM))
      const sessionKey = deriveTicketKey(one.wecom.web.ticket('agent', { id: WECOM }), name)
      const proof = wecomProof(sessionKey, declared, 'bob', nonce())
      expectProblem(await open(reader, shareId, proof), 'ERR_PROOF_REJECTED')
    },
  )
})

test('ten rejected proofs end a page’s session', async () => {
  const one = await TestApp.start({
    ...webConfig(),
    limits: { ...ROOMY, rejectedProofsPerSession: 10 },
  })
  try {
    const reader = await new WebBrowser(one).login('bob')
    const attempt = () => open(reader, 'AAAAAAAAAAAAAAAAAAAAAA', { encryptedData: 'AAAA', iv: 'A' })
    for (let i = 0; i < 10; i += 1) expectProblem(await attempt(), 'ERR_PROOF_REJECTED')
    expectProblem(await attempt(), 'ERR_SESSION')
  } finally {
    await one.stop()
  }
})
