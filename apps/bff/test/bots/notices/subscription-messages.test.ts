import { FakePlatform, faults } from '@sealcard/testing'
import { GRACE_MS, NoticeFinder } from '../../../src/bots/notices/notice-finder.js'
import { Jobs } from '../../../src/core/jobs/jobs.js'
import { DAY, HOUR, MINUTE } from '../../../src/core/time.js'
import { SubscriptionEntity } from '../../../src/members/notices/subscription.entity.js'
import { SubscriptionRepository } from '../../../src/members/notices/subscription.repository.js'
import { asAdmin, startAdmin } from '../../kit/admin/support.js'
import { againOverPostgres } from '../../kit/on-postgres.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { appsWithTemplates, TEMPLATES } from '../../kit/templates.js'
import type { TestApp } from '../../kit/test-app.js'

const SEND = '/cgi-bin/message/subscribe/send'
const TOKEN = '/cgi-bin/stable_token'

type Shared = Awaited<ReturnType<TestApp['shared']>>

const suite = (): void => {
  let platform: FakePlatform
  let app: TestApp
  let alice: string
  beforeAll(async () => {
    platform = await FakePlatform.start()
  })
  afterAll(() => platform.stop())
  beforeEach(async () => {
    platform.requests.length = 0
    platform.on(TOKEN, { access_token: 'TOKEN', expires_in: 7200 })
    platform.on(SEND, { errcode: 0, errmsg: 'ok' })
    const apps = appsWithTemplates().map((each) => ({ ...each, apiBase: platform.base }))
    app = await startAdmin({ apps, platformCalls: { timeoutMs: 30_000, breakerMs: 50 } })
    alice = await app.login('alice')
    await poll()
  })
  afterEach(async () => {
    jest.restoreAllMocks()
    await app.stop()
  })

  const poll = (of = app) => of.nest.get(Jobs).poll('bot-notices')
  const soon = async (ms = GRACE_MS) => {
    app.clock.advance(ms)
    await poll()
  }
  const subscribe = async ({ cardId }: Shared, event: string, times = 1) => {
    for (let n = 0; n < times; n++) {
      const url = `/v1/cards/${cardId}/subscriptions`
      const answer = await app.call('POST', url, { token: alice, body: { event } })
      expect(answer.status).toBe(204)
    }
  }
  const open = async (person: string, { shareId, declared }: Shared) => {
    const token = await app.login(person)
    app.clock.advance(1000)
    const proof = wechatProof(key(person), declared, `${app.clock.now()}`)
    expect((await app.open(token, shareId, proof)).status).toBe(201)
    return token
  }
  const ask = async (person: string, { shareId }: Shared, note: string) => {
    const token = await app.login(person)
    app.clock.advance(1000)
    const url = `/v1/shares/${shareId}/requests`
    expect((await app.call('POST', url, { token, body: { note } })).status).toBe(202)
  }
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read what the platform documents
  const sent = (): any[] =>
    platform.requests.filter(({ path }) => path === SEND).map(({ body }) => JSON.parse(body))
  const row = () => app.storage.manager.findOneByOrFail(SubscriptionEntity, {})
  const codeOf = async (token: string) =>
    (await app.call('GET', '/v1/me', { token })).body.code as string
  const counted = async (outcome: string) => {
    const { text } = await app.call('GET', '/metrics')
    const line = new RegExp(`subscription_messages_total\\{.*outcome="${outcome}"\\} (\\d+)`)
    return Number(line.exec(text)?.[1] ?? 0)
  }

  describe('an owner who accepted a message', () => {
    it('hears of the first reader, with a link to the card, as the platform documents it', async () => {
      const share = await app.shared(alice, { title: '季度奖金', body: 'CANARY-BODY' })
      await subscribe(share, 'opened')
      const bob = await open('bob', share)
      await poll()
      expect(sent()).toEqual([])
      await soon()
      expect(sent()).toEqual([
        {
          touser: 'alice',
          template_id: TEMPLATES.opened.id,
          page: `pages/card/index?id=${share.cardId}`,
          data: {
            thing1: { value: '季度奖金' },
            thing2: { value: await codeOf(bob) },
            number3: { value: '1' },
            time4: { value: '2026-01-01 08:00' },
          },
          lang: 'zh_CN',
        },
      ])
      const [request] = platform.requests.filter(({ path }) => path === SEND)
      expect(request?.query.get('access_token')).toBe('TOKEN')
      expect(JSON.stringify(platform.requests)).not.toContain('CANARY')
      expect([await counted('sent'), (await row()).remaining]).toEqual([1, 0])
    })

    it('gets one message for one acceptance', async () => {
      const share = await app.shared(alice)
      await subscribe(share, 'opened')
      for (const person of ['bob', 'carol', 'dora']) {
        await open(person, share)
        await soon(2 * HOUR)
      }
      expect(sent()).toHaveLength(1)
    })

    it('hears of later readers in one message an hour later, as acceptances allow', async () => {
      const share = await app.shared(alice)
      await subscribe(share, 'opened', 3)
      await open('bob', share)
      await soon()
      const carol = await open('carol', share)
      for (const person of ['dora', 'emil']) await open(person, share)
      await soon()
      await soon(30 * MINUTE)
      expect(sent()).toHaveLength(1)
      await soon(HOUR)
      await soon(HOUR)
      expect(
        sent()
          .map(({ data }) => data.thing2.value)
          .slice(1),
      ).toEqual([`${await codeOf(carol)}等 3 人`])
      expect((await row()).remaining).toBe(1)
    })

    it('hears of nothing that happened before they accepted, and of no reader twice', async () => {
      const share = await app.shared(alice)
      const bob = await open('bob', share)
      app.clock.advance(1000)
      await subscribe(share, 'opened', 2)
      await soon()
      await app.open(bob, share.shareId, wechatProof(key('bob'), share.declared, 'again'))
      await soon(2 * HOUR)
      expect(sent()).toEqual([])
      expect((await row()).remaining).toBe(2)
    })

    it('hears who asks for access, and their words', async () => {
      const share = await app.shared(alice)
      await subscribe(share, 'requested')
      await ask('bob', share, '我是新来的')
      await ask('carol', share, '我也要')
      await soon()
      expect(sent()).toMatchObject([
        {
          template_id: TEMPLATES.requested.id,
          data: { thing1: { value: 'Title' }, thing3: { value: '我是新来的' } },
        },
      ])
    })

    it('hears a day before the card expires, and not if it was revoked in the meantime', async () => {
      const policy = { expiresAt: new Date(app.clock.now() + 2 * DAY).toISOString() }
      const [kept, revoked] = [
        await app.shared(alice, { title: '留', policy }),
        await app.shared(alice, { title: '撤', policy }),
      ]
      await subscribe(kept, 'expiring')
      await subscribe(revoked, 'expiring')
      await soon(DAY - HOUR)
      expect(sent()).toEqual([])
      await app.call('POST', `/v1/cards/${revoked.cardId}/revoke`, { token: alice })
      await soon(HOUR + 1000)
      expect(sent()).toMatchObject([
        { data: { thing1: { value: '留' }, time2: { value: '2026-01-03 08:00' } } },
      ])
    })

    it('of a card with a short life hears when half of it is over', async () => {
      const policy = { expiresAt: new Date(app.clock.now() + 4 * HOUR).toISOString() }
      await subscribe(await app.shared(alice, { policy }), 'expiring')
      await soon(2 * HOUR - 1000)
      expect(sent()).toEqual([])
      await soon(1000)
      expect(sent()).toHaveLength(1)
    })

    it('hears nothing after their erasure', async () => {
      const share = await app.shared(alice)
      await subscribe(share, 'opened')
      await open('bob', share)
      app.clock.advance(GRACE_MS)
      await app.nest.get(NoticeFinder).find()
      await app.call('DELETE', '/v1/me', { token: alice })
      await soon()
      expect(sent()).toEqual([])
    })

    it('hears nothing of a card that they deleted after it was opened', async () => {
      const share = await app.shared(alice)
      for (const event of ['opened', 'requested']) await subscribe(share, event)
      await open('bob', share)
      await ask('carol', share, 'please')
      app.clock.advance(GRACE_MS)
      await app.nest.get(NoticeFinder).find()
      await app.call('DELETE', `/v1/cards/${share.cardId}`, { token: alice })
      await soon()
      expect(sent()).toEqual([])
    })

    it('hears nothing while an administrator blocks them, and of what comes after', async () => {
      const policy = { expiresAt: new Date(app.clock.now() + 4 * HOUR).toISOString() }
      const share = await app.shared(alice, { policy })
      for (const event of ['opened', 'requested', 'expiring']) await subscribe(share, event)
      const { viewerId } = await row()
      await open('bob', share)
      await ask('carol', share, 'please')
      const act = (name: string) => asAdmin(app, 'POST', `viewers/${viewerId}/${name}`, because)
      const because = { reason: 'left' }
      expect((await act('block')).status).toBe(200)
      await soon()
      await soon(2 * HOUR)
      expect([sent(), await counted('sent')]).toEqual([[], 0])
      const left = await app.storage.manager.find(SubscriptionEntity)
      expect(left.map(({ remaining, dueAt }) => [remaining, dueAt])).toEqual(
        left.map(() => [1, null]),
      )
      await act('unblock')
      await soon()
      expect(sent()).toEqual([])
      await open('dora', share)
      await soon()
      expect(sent()).toMatchObject([{ template_id: TEMPLATES.opened.id }])
    })
  })

  describe('an acceptance is used once', () => {
    const ready = async (times = 1) => {
      const share = await app.shared(alice)
      await subscribe(share, 'opened', times)
      await open('bob', share)
      app.clock.advance(GRACE_MS)
      return share
    }

    it('by any number of processes', async () => {
      await ready(2)
      const beside = await app.beside()
      await Promise.all([poll(), poll(beside), poll(), poll(beside)])
      await beside.nest.close()
      expect(sent()).toHaveLength(1)
      expect((await row()).remaining).toBe(1)
    })

    it('when the process dies between sending and the answer', async () => {
      await ready(2)
      const repository = app.nest.get(SubscriptionRepository, { strict: false })
      jest.spyOn(repository, 'sent').mockRejectedValue(new Error('killed'))
      jest.spyOn(repository, 'wait').mockResolvedValue()
      await poll()
      app = await app.restart()
      for (let i = 0; i < 3; i++) await soon(HOUR)
      expect(sent()).toHaveLength(1)
      expect((await row()).remaining).toBe(1)
    })

    it('also when the answer got lost: it may have arrived', async () => {
      await ready()
      platform.next(SEND, faults.reset)
      await poll()
      await soon(HOUR)
      expect([sent().length, await counted('lost'), (await row()).remaining]).toEqual([1, 1, 0])
    })

    it('and is tried again where the message certainly did not leave', async () => {
      await ready()
      platform.on(TOKEN, faults.reset)
      await poll()
      expect([sent(), await counted('retried')]).toEqual([[], 1])
      expect((await row()).remaining).toBe(1)
      platform.on(TOKEN, { access_token: 'TOKEN', expires_in: 7200 })
      await soon(5 * MINUTE)
      expect([sent().length, (await row()).remaining]).toEqual([1, 0])
    })

    it('and ends where the platform says that the person accepted no more (43101)', async () => {
      await ready(3)
      platform.next(SEND, { errcode: 43101, errmsg: 'user refuse to accept the msg' })
      await poll()
      await soon(2 * HOUR)
      expect([sent().length, await counted('none_left')]).toEqual([1, 1])
      expect(await row()).toMatchObject({ remaining: 0, dueAt: null })
    })

    it.each([40037, 41030, 47003])('and stays where the configuration is wrong (%i)', async (n) => {
      const share = await ready()
      platform.next(SEND, { errcode: n, errmsg: 'wrong' })
      await poll()
      await soon(2 * HOUR)
      expect([sent().length, await counted('refused')]).toEqual([1, 1])
      expect(await row()).toMatchObject({ remaining: 1, dueAt: null })
      await open('carol', share)
      await soon()
      expect([sent().length, (await row()).remaining]).toEqual([2, 0])
    })

    it('while one whose row no key opens does not stop the others', async () => {
      const first = await ready()
      await app.storage.query("UPDATE viewers SET sealed_key = 'v1.gone.AAAA' WHERE id = $1", [
        (await row()).viewerId,
      ])
      const carol = await app.login('carol')
      const other = await app.shared(carol)
      const url = `/v1/cards/${other.cardId}/subscriptions`
      await app.call('POST', url, { token: carol, body: { event: 'opened' } })
      await open('dora', other)
      await soon()
      expect(sent().map(({ touser }) => touser)).toEqual(['carol'])
      expect(first.cardId).not.toBe(other.cardId)
    })
  })
}

describe('subscription messages', suite)
againOverPostgres({ messages: suite })
