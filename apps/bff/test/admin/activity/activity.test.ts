import { type Activity, ActivityPage, CardTimeline, Overview } from '@sealcard/protocol'
import { DAY, HOUR } from '../../../src/core/time.js'
import { allPages, asAdmin, inRole, startAdmin } from '../../kit/admin/support.js'
import { WECHAT, WECOM } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { key, wechatProof } from '../../kit/proofs.js'
import type { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeEach(async () => {
  app = await startAdmin()
})
afterEach(() => app.stop())

const named = async (name: string) => {
  const token = await app.login(name)
  await app.call('PATCH', '/v1/me', { token, body: { name } })
  return token
}
/** What a line says, without its ids. */
const sentence = ({ kind, decision, by, about, reason }: Activity) =>
  [by.name, kind, decision, about.name, ...(reason === null ? [] : [reason])].join(' ')

/** A card that was written, shared, opened, refused, confirmed, asked for and revoked, a minute for each. */
const story = async () => {
  const wait = () => app.clock.advance(60_000)
  const alice = await named('Alice')
  const bob = await named('Bob')
  const carl = await named('Carl')
  const { cardId, shareId, declared } = await app.shared(alice, {
    title: 'Pay',
    policy: { requireAcknowledgement: true },
  })
  wait()
  const opened = await app.open(bob, shareId, wechatProof(key('Bob'), declared))
  wait()
  await app.open(carl, shareId, { encryptedData: '', iv: '' })
  wait()
  await app.call('POST', `/v1/openings/${opened.body.id}/acknowledgement`, { token: bob })
  wait()
  await app.call('POST', `/v1/shares/${shareId}/requests`, {
    token: carl,
    body: { note: 'words to the owner' },
  })
  wait()
  await asAdmin(app, 'POST', `cards/${cardId}/revoke`, { reason: 'words for the audit' })
  return { cardId, shareId }
}

const LINES = [
  'SEALCARD_ADMIN_TOKEN card.revoke done Pay',
  'Carl access.request done Pay',
  'Bob opening.acknowledge done Pay',
]

describe('the feed', () => {
  test('tells what happened in lines that name people and cards, newest first', async () => {
    await story()
    const { body } = await asAdmin(app, 'GET', 'activity')
    expect(ActivityPage.safeParse(body).error).toBeUndefined()
    expect(body.items.map(sentence)).toEqual([
      ...LINES,
      'Carl opening refused Pay no_proof',
      'Bob opening granted Pay',
      'Alice share.create done Pay',
      'Alice card.create done Pay',
    ])
  })

  test('has no words that somebody typed, and nothing of accounts, tokens and logins', async () => {
    await story()
    await asAdmin(app, 'POST', 'accounts', { name: 'eve', role: 'auditor', reason: 'words' })
    const { text } = await asAdmin(app, 'GET', 'activity?limit=100')
    expect(text).not.toContain('words')
    expect(text).not.toContain('eve')
    expect(text).not.toContain('session.open')
  })

  test('goes on page by page, and takes no cursor of another list', async () => {
    await story()
    const whole = (await asAdmin(app, 'GET', 'activity?limit=100')).body.items
    expect(await allPages(app, 'activity', 2)).toEqual(whole)
    const { nextCursor } = (await asAdmin(app, 'GET', 'audit?limit=1')).body
    expectProblem(await asAdmin(app, 'GET', `activity?cursor=${nextCursor}`), 'ERR_INPUT')
    expectProblem(await asAdmin(app, 'GET', 'activity?kind=opening'), 'ERR_INPUT')
  })

  test.each(['admin', 'operator', 'auditor'] as const)('is open to the role %s', async (role) => {
    await inRole(app, role, async () => {
      expect((await asAdmin(app, 'GET', 'activity')).status).toBe(200)
      expect((await asAdmin(app, 'GET', 'overview')).status).toBe(200)
    })
  })
})

describe('the timeline of a card', () => {
  test('has each kind of event, newest first, and no other card’s', async () => {
    const { cardId } = await story()
    await app.shared(await named('Dora'), { title: 'Other' })
    const { body } = await asAdmin(app, 'GET', `cards/${cardId}/timeline`)
    expect(CardTimeline.safeParse(body).error).toBeUndefined()
    expect(body.more).toBe(false)
    const told = body.items.map(sentence)
    expect(told.slice(0, 5)).toEqual([
      ...LINES,
      'Carl opening rejected Pay no_proof',
      'Bob opening granted Pay',
    ])
    // Both at the same moment.
    expect(told.slice(5).sort()).toEqual([
      'Alice card.create done Pay',
      'Alice share.create done Pay',
    ])
  })

  test('of a card that is not there is not found', async () => {
    expectProblem(await asAdmin(app, 'GET', 'cards/nothing/timeline'), 'ERR_NOT_FOUND')
  })
})

describe('the overview', () => {
  test('counts openings of today and of the day before, refused and rejected ones together', async () => {
    await story()
    const { body } = await asAdmin(app, 'GET', 'overview')
    expect(Overview.safeParse(body).error).toBeUndefined()
    expect(body).toMatchObject({
      opened: { today: 1, yesterday: 0 },
      refused: { today: 1, yesterday: 0 },
      cards: { today: 1, yesterday: 0 },
      platforms: { apps: body.platforms.well },
    })
    app.clock.advance(DAY)
    expect((await asAdmin(app, 'GET', 'overview')).body).toMatchObject({
      opened: { today: 0, yesterday: 1 },
      refused: { today: 0, yesterday: 1 },
      cards: { today: 0, yesterday: 1 },
    })
  })

  test('shows the cards that expire within 7 days, the first to expire first', async () => {
    const alice = await named('Alice')
    const until = (ms: number) => ({ expiresAt: new Date(app.clock.now() + ms).toISOString() })
    const make = (title: string, policy: object) => app.shared(alice, { title, policy })
    await make('endless', {})
    await make('late', until(8 * DAY))
    await make('second', until(7 * DAY))
    await make('first', until(DAY))
    await make('over', until(HOUR))
    const { cardId } = await make('revoked', until(2 * DAY))
    await asAdmin(app, 'POST', `cards/${cardId}/revoke`, { reason: 'left' })
    app.clock.advance(2 * HOUR)
    const { expiring } = (await asAdmin(app, 'GET', 'overview')).body
    const titles = expiring.next.map(({ title }: { title: string }) => title)
    expect({ ...expiring, next: titles }).toEqual({
      count: 2,
      more: false,
      next: ['first', 'second'],
    })
    expect(expiring.next[0].owner.name).toBe('Alice')
  })

  test('is of one app where one is asked for', async () => {
    await story()
    const of = async (id: string) => (await asAdmin(app, 'GET', `overview?app=${id}`)).body
    expect(await of(WECHAT)).toMatchObject({ opened: { today: 1 }, platforms: { apps: 1 } })
    expect(await of(WECOM)).toMatchObject({ opened: { today: 0 }, platforms: { apps: 1 } })
  })
})
