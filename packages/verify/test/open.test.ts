import { ManualClock, ManualTimers } from '@sealcard/testing'
import {
  createMemoryStore,
  createVerifier,
  type Declaration,
  type KeySource,
  type LogEntry,
  type SessionKeys,
  type VerifierOptions,
  type VerifyStore,
} from '../src/index.js'
import { newKey, sealed } from './kit/sealed.js'

const DAY = 86_400_000
const ACTIVITY = '1151_activity-of-the-sharer-0123456789'
const REFUSED = {
  granted: false,
  status: 403,
  body: { code: 'ERR_PROOF_REJECTED', message: 'the proof was rejected' },
}

const bench = (more: Partial<VerifierOptions> = {}) => {
  const clock = new ManualClock()
  const timers = new ManualTimers()
  const people = new Map<string, SessionKeys>()
  const logged: LogEntry[] = []
  const keys: KeySource = { keysOf: async (viewerId) => people.get(viewerId) ?? null }
  const verifier = createVerifier({
    platform: 'wechat',
    app: 'demo',
    keys,
    store: createMemoryStore(),
    log: (entry) => logged.push(entry),
    clock,
    timers,
    ...more,
  })
  const person = (viewerId: string) => {
    const current = newKey()
    people.set(viewerId, { current })
    return current
  }
  const reasons = () => logged.map((entry) => ('reason' in entry ? entry.reason : entry.outcome))
  return { verifier, clock, timers, people, person, logged, reasons }
}
const declared = (b: ReturnType<typeof bench>, more: Partial<Declaration> = {}) =>
  b.verifier.declare({ cardId: 'card', value: ACTIVITY, ...more })
const stateProof = (state: string, curReceiver: string, key: string) =>
  sealed(JSON.stringify({ chatId: 'wrGroup', state, curReceiver }), key)

describe('a WeChat card', () => {
  it('opens for a recipient, once for each proof', async () => {
    const b = bench()
    const key = b.person('chen')
    const { shareId } = await declared(b)
    const input = { viewerId: 'chen', shareId, proof: { ...sealed(ACTIVITY, key), valid: true } }
    expect(await b.verifier.open(input)).toEqual({
      granted: true,
      cardId: 'card',
      shareId,
      viewerId: 'chen',
      at: b.clock.now(),
    })
    expect(await b.verifier.open(input)).toEqual(REFUSED)
    expect(b.reasons()).toEqual(['granted', 'proof_used'])
  })

  it('opens with the previous key until its time is over', async () => {
    const b = bench()
    const previous = b.person('chen')
    const previousUntil = b.clock.now() + 1
    b.people.set('chen', { current: newKey(), previous, previousUntil })
    const { shareId } = await declared(b)
    const open = () =>
      b.verifier.open({ viewerId: 'chen', shareId, proof: sealed(ACTIVITY, previous) })
    expect(await open()).toMatchObject({ granted: true })
    b.clock.advance(1)
    expect(await open()).toEqual(REFUSED)
    expect(b.reasons()).toEqual(['granted', 'proof_not_opened'])
  })

  it('has one answer for each refusal, and the log alone knows the reason', async () => {
    const b = bench()
    const [chen, wu] = [b.person('chen'), b.person('wu')]
    const { shareId } = await declared(b)
    const proof = sealed(ACTIVITY, chen)
    const refused: [string, unknown, unknown, string][] = [
      ['chen', shareId, { ...proof, valid: false }, 'no_proof'],
      ['chen', shareId, undefined, 'no_proof'],
      ['chen', shareId, { encryptedData: 7, iv: {} }, 'no_proof'],
      ['chen', 'nowhere', proof, 'no_such_share'],
      ['chen', { $ne: '' }, proof, 'no_such_share'],
      ['wu', shareId, proof, 'proof_not_opened'],
      ['nobody', shareId, proof, 'proof_not_opened'],
      ['wu', shareId, sealed('1151_another-activity-0123', wu), 'proof_of_another_share'],
    ]
    for (const [viewerId, share, given, reason] of refused) {
      expect(await b.verifier.open({ viewerId, shareId: share, proof: given })).toEqual(REFUSED)
      expect(b.reasons().at(-1)).toBe(reason)
    }
  })

  it('has no second name for a used proof: neither another IV nor another spelling opens', async () => {
    const b = bench()
    const key = b.person('chen')
    const { shareId } = await declared(b)
    const proof = sealed(ACTIVITY, key)
    const open = (changed: object) =>
      b.verifier.open({ viewerId: 'chen', shareId, proof: { ...proof, ...changed } })
    expect(await open({})).toMatchObject({ granted: true })
    for (const changed of [
      { iv: sealed('', key).iv },
      { encryptedData: proof.encryptedData.replace(/=*$/, '') },
      { encryptedData: `${proof.encryptedData}\n` },
    ])
      expect(await open(changed)).toEqual(REFUSED)
  })
})

describe('a WeCom card', () => {
  it('opens for the receiver that the proof names, however the userid is spelled', async () => {
    const b = bench({ platform: 'wecom' })
    const key = b.person('ChenMo')
    const { shareId, value } = await b.verifier.declare({ cardId: 'card' })
    expect(Buffer.from(value, 'base64url')).toHaveLength(32)
    const open = (curReceiver: string) =>
      b.verifier.open({ viewerId: 'ChenMo', shareId, proof: stateProof(value, curReceiver, key) })
    expect(await open('chenmo')).toMatchObject({ granted: true })
    expect(await open('wu')).toEqual(REFUSED)
    expect(b.reasons()).toEqual(['granted', 'not_the_receiver'])
  })

  it('has no second name for a used proof with another chatId in front', async () => {
    const b = bench({ platform: 'wecom' })
    const key = b.person('chen')
    const { shareId, value } = await b.verifier.declare({ cardId: 'card' })
    const proof = stateProof(value, 'chen', key)
    const iv = Buffer.from(proof.iv, 'base64')
    iv[15]! ^= 1
    const changed = { ...proof, iv: iv.toString('base64') }
    expect(await b.verifier.open({ viewerId: 'chen', shareId, proof })).toMatchObject({
      granted: true,
    })
    expect(await b.verifier.open({ viewerId: 'chen', shareId, proof: changed })).toEqual(REFUSED)
    expect(b.reasons()).toEqual(['granted', 'proof_used'])
  })
})

describe('what ends a card', () => {
  const open = async (b: ReturnType<typeof bench>, shareId: string, viewerId = 'chen') => {
    const key = b.people.get(viewerId)?.current ?? b.person(viewerId)
    await b.verifier.open({ viewerId, shareId, proof: sealed(ACTIVITY, key) })
    return b.reasons().at(-1)
  }

  it.each([
    [120, {}],
    [30, { verifyDays: 30 }],
  ])('is the verify window, of %i days', async (days, more) => {
    const b = bench(more)
    const { shareId, shareUntil, verifyUntil } = await declared(b)
    expect([shareUntil, verifyUntil]).toEqual([b.clock.now() + 7 * DAY, b.clock.now() + days * DAY])
    b.clock.advance(days * DAY - 1)
    expect(await open(b, shareId)).toBe('granted')
    b.clock.advance(1)
    expect(await open(b, shareId)).toBe('verify_window_closed')
  })

  it('is its expiry, from the first millisecond on', async () => {
    const b = bench()
    const { shareId } = await declared(b, { expiresAt: b.clock.now() + 1 })
    expect(await open(b, shareId)).toBe('granted')
    b.clock.advance(1)
    expect(await open(b, shareId)).toBe('card_expired')
  })

  it('is a revocation, of each share of it', async () => {
    const b = bench()
    const shares = [await declared(b), await declared(b)]
    await b.verifier.revoke('card')
    for (const { shareId } of [...shares, await declared(b)])
      expect(await open(b, shareId)).toBe('card_revoked')
  })

  it('are its limits, which count over all its shares', async () => {
    const b = bench()
    const limits = { maxViewers: 2, maxOpensPerViewer: 2 }
    const { shareId } = await declared(b, limits)
    const { shareId: second } = await declared(b, limits)
    expect(await open(b, shareId)).toBe('granted')
    expect(await open(b, second)).toBe('granted')
    expect(await open(b, shareId)).toBe('view_limit')
    expect(await open(b, second, 'wu')).toBe('granted')
    expect(await open(b, shareId, 'lin')).toBe('view_limit')
  })

  it('is a revocation that arrives between the look-up and the claim', async () => {
    const store = createMemoryStore()
    const late: VerifyStore = {
      ...store,
      find: async (app, id) => {
        const share = await store.find(app, id)
        await store.revoke(app, 'card', 1)
        return share
      },
    }
    const b = bench({ store: late })
    const { shareId } = await declared(b)
    expect(await open(b, shareId)).toBe('card_revoked')
  })
})

describe('an outage', () => {
  const fail = async () => {
    throw new Error('the database is away')
  }
  const never = () => new Promise<never>(() => undefined)

  const opened = async (
    changed: Partial<VerifyStore>,
    more: Partial<VerifierOptions> = {},
    act: (b: ReturnType<typeof bench>) => void = () => undefined,
  ) => {
    const store = { ...createMemoryStore(), ...changed }
    const own = bench({ store, ...more })
    const key = own.person('chen')
    const { shareId } = await declared(own)
    const answer = own.verifier.open({ viewerId: 'chen', shareId, proof: sealed(ACTIVITY, key) })
    act(own)
    return { answer: await answer, own }
  }

  it.each([
    ['find', { find: fail }],
    ['claim', { claim: fail }],
  ])('of the store in %s refuses', async (_, changed) => {
    const { answer, own } = await opened(changed)
    expect(answer).toEqual(REFUSED)
    expect(own.logged).toMatchObject([
      { reason: 'outage', error: new Error('the database is away') },
    ])
    expect(own.timers.pending.size).toBe(0)
  })

  it('of the keys refuses', async () => {
    const { answer, own } = await opened({}, { keys: { keysOf: fail } })
    expect([answer, own.reasons()]).toEqual([REFUSED, ['outage']])
  })

  it('that never ends refuses after the deadline', async () => {
    const { answer, own } = await opened({ find: never }, {}, ({ timers }) => timers.pass())
    expect(answer).toEqual(REFUSED)
    expect(own.logged).toMatchObject([
      { reason: 'outage', error: new Error('no answer in 5000 ms') },
    ])
  })

  it('that ends after the deadline uses no proof', async () => {
    const store = createMemoryStore()
    const claim = jest.fn(store.claim)
    let letGo = (): void => undefined
    const held = new Promise<void>((resolve) => (letGo = resolve))
    const find: VerifyStore['find'] = async (app, id) => {
      await held
      return store.find(app, id)
    }
    const pass = ({ timers }: ReturnType<typeof bench>): void => {
      timers.pass()
    }
    const { answer } = await opened({ ...store, find, claim }, {}, pass)
    letGo()
    // Whatever comes of it has come by then: nothing in it waits for more than promises.
    await new Promise(setImmediate)
    expect(answer).toEqual(REFUSED)
    expect(claim).not.toHaveBeenCalled()
  })

  it('is an answer of the store that is none: it grants nothing', async () => {
    const { answer } = await opened({ claim: (async () => true) as never })
    expect(answer).toEqual(REFUSED)
  })

  it.each([
    [{ current: 'short' }, 'keysOf: current must be base64 of 16 bytes'],
    [
      { current: newKey(), previous: newKey() },
      'keysOf: previous needs previousUntil, milliseconds UTC',
    ],
  ])('is a key that is none (%#): the log names it', async (keys, message) => {
    const { answer, own } = await opened({}, { keys: { keysOf: async () => keys } })
    expect(answer).toEqual(REFUSED)
    expect(own.logged).toMatchObject([{ reason: 'outage', error: new TypeError(message) }])
  })

  it('of the log changes no answer', async () => {
    const { answer } = await opened(
      {},
      {
        log: () => {
          throw new Error('the disk is full')
        },
      },
    )
    expect(answer).toMatchObject({ granted: true })
  })
})

test('one proof many times at once gives one opening', async () => {
  const b = bench()
  const key = b.person('chen')
  const { shareId } = await declared(b)
  const input = { viewerId: 'chen', shareId, proof: sealed(ACTIVITY, key) }
  const answers = await Promise.all(Array.from({ length: 20 }, () => b.verifier.open(input)))
  expect(answers.filter(({ granted }) => granted)).toHaveLength(1)
})
