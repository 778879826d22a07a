import { Writable } from 'node:stream'
import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import { ADMIN, asAdmin, startAdmin } from '../kit/admin/support.js'
import type { TestApp } from '../kit/test-app.js'

const mockLines: string[] = []
jest.mock('../../src/core/logging/logger.js', () => {
  const actual = jest.requireActual('../../src/core/logging/logger.js')
  return {
    ...actual,
    loggerParams: () => ({
      ...actual.loggerParams('info'),
      pinoHttp: {
        ...actual.loggerParams('info').pinoHttp,
        stream: new Writable({
          write(chunk, _, done) {
            mockLines.push(String(chunk))
            done()
          },
        }),
      },
    }),
  }
})

let app: TestApp
beforeAll(async () => {
  app = await startAdmin()
})
afterAll(() => app.stop())

const HOSTILE = [
  'x\r\n{"level":30,"msg":"audit checkpoint"}',
  'x\n2026-11-21 granted',
  '\u001b[2J\u001b[31mscarlet',
  'a\u2028b\u2029c',
  '\u202egnp.exe\u2066',
  '"},{"msg":"forged',
  '\u0000\u0007\u009b',
]
const UNPRINTABLE = /(?!\n)\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

test('F6 one line per request in the log, whatever is in which string', async () => {
  const alice = await app.login('alice')
  const { cardId } = await app.shared(alice)
  mockLines.length = 0
  let requests = 0
  const send = async (...call: Parameters<TestApp['call']>) => {
    requests += 1
    return app.call(...call)
  }
  for (const text of HOSTILE) {
    const part = encodeURIComponent(text)
    const latin1 = text.replace(/[^\x20-\x7e]/g, ' ')
    await send('POST', `/v1/admin/cards/${cardId}/revoke`, { token: ADMIN, body: { reason: text } })
    await send('POST', `/v1/admin/cards/${part}/revoke`, { token: ADMIN, body: { reason: 'x' } })
    await send('GET', `/v1/admin/cards?q=${part}&${part}=1`, { token: ADMIN })
    await send('PUT', '/v1/admin/policy', { token: ADMIN, body: { [text]: text } })
    await send('POST', '/v1/cards', {
      token: alice,
      body: { title: text.replaceAll('\0', ''), body: text.replaceAll('\0', '') },
    })
    await send('POST', '/v1/sessions', { body: { app: text, code: text } })
    await send('GET', '/v1/cards', {
      token: alice,
      headers: { 'user-agent': latin1, 'x-forwarded-for': latin1, 'x-request-id': latin1 },
    })
    await send('GET', `/${part}`, {})
  }
  const lines = mockLines.join('').trimEnd().split('\n')
  const told = lines.map((line) => JSON.parse(line))
  expect(told.filter(({ msg }) => msg === 'answered')).toHaveLength(requests)
  expect(told.map(({ msg }) => msg).filter((msg) => !['answered', 'failed'].includes(msg))).toEqual(
    [],
  )
  for (const line of lines) {
    expect(line).not.toMatch(UNPRINTABLE)
    expect(line).not.toMatch(/forged|gnp\.exe|scarlet|2026-11-21 granted/)
  }
})

test('F6 one line per act in the audit, as it reads', async () => {
  const alice = await app.login('alice')
  for (const text of [...HOSTILE, 'why address=203.0.113.9 nobody', 'ok \u202eevil']) {
    const { cardId } = await app.shared(alice)
    const { status } = await asAdmin(app, 'POST', `cards/${cardId}/revoke`, { reason: text })
    const entries = await app.storage.manager.find(AuditEntryEntity, {
      where: { kind: 'card.revoke', subject: cardId },
    })
    expect(entries).toHaveLength(status === 200 ? 1 : 0)
    for (const { reason } of entries) {
      expect(reason).not.toMatch(UNPRINTABLE)
      expect(reason).not.toContain('\n')
      // The service writes the address first. Text of the caller follows it and cannot replace it.
      expect(reason).toMatch(/^address=127\.0\.0\.1 /)
    }
  }
  const all = await app.storage.manager.find(AuditEntryEntity)
  for (const { kind, actor, subject, decision } of all)
    for (const field of [kind, actor, subject, decision]) expect(field).toMatch(/^[\w:.-]*$/)
})
