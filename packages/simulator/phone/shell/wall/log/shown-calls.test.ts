import type { CallRecord } from '../../../../src/contract.js'
import { everyCall, expiriesIn, matches } from './shown-calls.js'

const call: CallRecord = {
  n: 1,
  at: 0,
  ms: 1,
  layer: 'request',
  phone: 'lin-wechat',
  name: 'GET /v1/cards',
  failed: false,
  outcome: '200',
  args: {},
  answer: null,
  clear: null,
  card: 'A',
  testable: false,
}

it('shows every call until a filter says otherwise', () => {
  expect(matches(everyCall, call)).toBe(true)
  expect(matches({ ...everyCall, phone: 'lin-wechat', card: 'A', layer: 'request' }, call)).toBe(
    true,
  )
})

it.each([
  ['the phone', { phone: 'chen-wechat' }, call],
  ["the servers' own calls", { phone: '-' }, call],
  ['the card', { card: 'B' }, call],
  ['the card, of a call about none', { card: 'A' }, { ...call, card: null }],
  ['the layer', { layer: 'wx' as const }, call],
  ['failures', { failures: true }, call],
])('leaves out by %s', (_what, filter, one) => {
  expect(matches({ ...everyCall, ...filter }, one)).toBe(false)
})

it('shows the calls of servers, and failures, when these are asked for', () => {
  expect(matches({ ...everyCall, phone: '-' }, { ...call, phone: null })).toBe(true)
  expect(matches({ ...everyCall, failures: true }, { ...call, failed: true })).toBe(true)
})

describe('the expiries that services answered', () => {
  const at = (n: number) => new Date(n).toISOString()
  const of = (answer: unknown, layer: CallRecord['layer'] = 'request') =>
    expiriesIn([{ ...call, layer, answer }])

  it('have the title that is beside them, one level up or in the card', () => {
    const list = { cards: [{ title: 'One', policy: { expiresAt: at(1000) } }] }
    expect(of(list)).toEqual([{ title: 'One', at: 1000 }])
    expect(of({ card: { title: 'Two' }, expiresAt: at(2000) })).toEqual([
      { title: 'Two', at: 2000 },
    ])
  })

  it('are listed once, the latest answer first', () => {
    const calls = [1000, 2000, 1000].map((ms) => ({
      ...call,
      answer: { title: `t${ms}`, expiresAt: at(ms) },
    }))
    expect(expiriesIn(calls).map((one) => one.at)).toEqual([2000, 1000])
  })

  it('are none in a session, in nonsense, and in what no service answered', () => {
    expect(of({ token: '***', expiresAt: at(1000) })).toEqual([])
    expect(of({ title: 'x', expiresAt: 'soon' })).toEqual([])
    expect(of('text')).toEqual([])
    expect(of({ title: 'x', expiresAt: at(1000) }, 'platform')).toEqual([])
  })
})
