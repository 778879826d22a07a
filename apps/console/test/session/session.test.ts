import type { AdminSession } from '@sealcard/protocol'
import type { Api } from '../../src/api/api'
import { ApiFailure } from '../../src/api/failure'
import { createSessions } from '../../src/session/session'
import { ADMIN } from '../kit/fake-services'

const other: AdminSession = { ...ADMIN, name: 'chen', csrf: 'csrf-chen' }

/** @param answers what the service says, one call after the other */
const sessionsOver = (...answers: (AdminSession | ApiFailure)[]) => {
  const changes: string[] = []
  const next = async () => {
    const answer = answers.shift()
    if (answer instanceof ApiFailure || answer === undefined) throw answer
    return answer
  }
  const api = { get: next, send: next } as unknown as Api
  const sessions = createSessions(
    () => api,
    () => changes.push('changed'),
  )
  return { sessions, changes, kind: () => sessions.state.get().kind }
}
const over = new ApiFailure('ERR_SESSION', 401)
const silent = new ApiFailure('ERR_BFF_UNREACHABLE', 0)

describe('who is logged in', () => {
  it('is asked of the service', async () => {
    const { sessions, kind } = sessionsOver(ADMIN)
    await sessions.ask()
    expect([kind(), sessions.csrf()]).toEqual(['in', 'csrf-1'])
  })

  it('is nobody when the service knows no login', async () => {
    const { sessions, kind } = sessionsOver(over)
    await sessions.ask()
    expect([kind(), sessions.csrf()]).toEqual(['out', undefined])
  })

  it('stays unknown while the service does not answer', async () => {
    const { sessions, kind } = sessionsOver(silent)
    await sessions.ask()
    expect(kind()).toBe('asking')
  })
})

describe('a login that is lost', () => {
  it('stays known by name, and the same account goes on with what was read', async () => {
    const { sessions, kind, changes } = sessionsOver(ADMIN, { ...ADMIN, csrf: 'csrf-2' })
    await sessions.ask()
    sessions.lose()
    expect(sessions.state.get()).toEqual({ kind: 'lost', session: ADMIN })
    await sessions.logIn({ name: 'lin', password: 'x' })
    expect([kind(), sessions.csrf(), changes]).toEqual(['in', 'csrf-2', []])
  })

  it.each([
    ['another account', other],
    ['another role', { ...ADMIN, role: 'auditor' as const }],
  ])('to %s drops what was read before', async (_, session) => {
    const { sessions, changes } = sessionsOver(ADMIN, session)
    await sessions.ask()
    sessions.lose()
    await sessions.logIn({ name: session.name, password: 'x' })
    expect(changes).toEqual(['changed'])
  })

  it('is no loss where nobody was logged in', () => {
    const { sessions, kind } = sessionsOver()
    sessions.lose()
    expect(kind()).toBe('asking')
  })
})

describe('after a refusal', () => {
  it.each<[string, AdminSession | ApiFailure, boolean]>([
    ['another login of the same account is worth another try', { ...ADMIN, csrf: 'csrf-2' }, true],
    ['the same login is not', ADMIN, false],
    ['a login of somebody else is not', other, false],
    ['no answer is not', silent, false],
  ])('%s', async (_, answer, again) => {
    const { sessions } = sessionsOver(ADMIN, answer)
    await sessions.ask()
    expect(await sessions.renew()).toBe(again)
    expect(sessions.csrf()).toBe(again ? 'csrf-2' : 'csrf-1')
  })
})

it('a log-out that failed leaves the login', async () => {
  const { sessions, kind } = sessionsOver(ADMIN, silent)
  await sessions.ask()
  await expect(sessions.logOut()).rejects.toBe(silent)
  expect(kind()).toBe('in')
})
