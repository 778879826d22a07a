import { ERRORS } from '@sealcard/protocol'
import { createMemoryStore, createSqlStore, createVerifier } from '../src/index.js'

const RIGHT = {
  platform: 'wechat',
  app: 'demo',
  keys: { keysOf: async () => null },
  store: createMemoryStore(),
}
const create = (changed: object) => createVerifier({ ...RIGHT, ...changed } as never)

test.each([
  [{ platform: 'dingtalk' }, 'platform must be one of wechat, wecom'],
  [{ platform: 'toString' }, 'platform must be one of wechat, wecom'],
  [{ app: '' }, 'app must be a text of 1 to 256 characters'],
  [{ keys: {} }, 'keys must have keysOf(viewerId): pass what reads your session keys'],
  [
    { store: { find: () => null } },
    'store must have declare, find, revoke and claim: pass createMemoryStore() or one of yours',
  ],
  [{ log: true }, 'log must be a function: leave it out for no log'],
  [{ shareDays: 0 }, 'shareDays must be a whole number from 1 to 3650'],
  [{ verifyDays: 1.5 }, 'verifyDays must be a whole number from 1 to 3650'],
  [{ shareDays: 8, verifyDays: 7 }, 'shareDays must not exceed verifyDays: lower it'],
  [{ deadlineMs: Infinity }, 'deadlineMs must be a whole number from 1 to 600000 milliseconds'],
  [{ clock: Date.now }, 'clock must have now(): leave it out for the system clock'],
  [{ random: {} }, 'random must have bytes(count): leave it out'],
  [{ timers: null }, 'timers must have after(ms, fn): leave it out'],
])('the option %j is a TypeError that names it', (changed, message) => {
  expect(() => create(changed)).toThrow(new TypeError(message))
})

test.each([
  [{ value: 'x'.repeat(16) }, 'cardId must be a text of 1 to 256 characters'],
  [{ cardId: 'c' }, 'value must be the activity_id that createActivityId gave'],
  [{ cardId: 'c', value: 'guess' }, 'value must be 16 to 256 visible ASCII characters'],
  [
    { cardId: 'c', value: 'x'.repeat(16), expiresAt: 1 },
    'expiresAt must be a later time, in milliseconds UTC',
  ],
  [
    { cardId: 'c', value: 'x'.repeat(16), maxViewers: 0 },
    'maxViewers must be a whole number from 1 to 1000000: leave it out for no limit',
  ],
])('the declaration %j is a TypeError that names the field', async (declaration, message) => {
  await expect(create({}).declare(declaration as never)).rejects.toThrow(new TypeError(message))
})

test('a viewer that is no text is a mistake of the server, not of the client', async () => {
  const input = { viewerId: undefined as never, shareId: '', proof: {} }
  await expect(create({}).open(input)).rejects.toThrow('viewerId must be a text')
})

test('a SQL store without a dialect or a query says so', () => {
  const query = async () => []
  expect(() => createSqlStore({ dialect: 'mysql' as never, query })).toThrow('dialect must be')
  expect(() => createSqlStore({ dialect: 'sqlite' } as never)).toThrow('query must be')
})

test('the code of a refusal is one of the HTTP contract', async () => {
  const answer = await create({}).open({ viewerId: 'chen', shareId: '', proof: {} })
  expect(answer).toMatchObject({ granted: false, status: ERRORS.ERR_PROOF_REJECTED.status })
})
