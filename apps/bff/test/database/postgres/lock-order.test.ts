import { CardRevocation } from '../../../src/admin/revocations/revocations.js'
import { People } from '../../../src/bots/chat-members/person.js'
import { Bots } from '../../../src/bots/registry/bots.service.js'
import { BotJobEntity } from '../../../src/bots/storage/bot-job.entity.js'
import { BotJobRepository } from '../../../src/bots/storage/bot-job.repository.js'
import { BotPersonEntity } from '../../../src/bots/storage/bot-person.entity.js'
import { PersonService } from '../../../src/lifecycle/person.service.js'
import { RetentionService } from '../../../src/lifecycle/retention.service.js'
import { CardEntity } from '../../../src/members/cards/card.entity.js'
import { NameStore } from '../../../src/members/names/name-store.js'
import { SessionEntity } from '../../../src/members/sessions/session.entity.js'
import { PreviousKeys, ViewerKeysEntity } from '../../../src/members/sessions/viewer-keys.js'
import { ViewerEntity } from '../../../src/members/sessions/viewer.entity.js'
import { deskBot } from '../../kit/bot-sender.js'
import { WECHAT } from '../../kit/config.js'
import { againOverPostgres } from '../../kit/on-postgres.js'
import { TestApp } from '../../kit/test-app.js'

/** As they lie in the table: a statement without an order takes the last one first. */
const IDS = ['z', 'm', '0'].map((letter) => letter.repeat(22))
const [LAST = '', , FIRST = ''] = IDS

const suite = (): void => {
  let app: TestApp
  beforeEach(async () => {
    app = await TestApp.start({ bots: [deskBot()] })
  })
  afterEach(() => app.stop())
  const of = <T>(type: new (...args: never[]) => T): T => app.nest.get<T>(type, { strict: false })

  const waiting = async (): Promise<number> => {
    const [{ count }] = await app.storage.query<[{ count: string }]>(
      `SELECT count(*) AS count FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    return Number(count)
  }

  /** Another transaction holds the first row. When the work waits for it, it holds no later one yet. */
  const expectInOrder = async (table: string, key: string, work: () => Promise<unknown>) => {
    const other = app.storage.createQueryRunner()
    const hold = (id: string) =>
      other.query(`SELECT 1 FROM ${table} WHERE ${key} = $1 FOR UPDATE NOWAIT`, [id])
    await other.startTransaction()
    try {
      await hold(FIRST)
      const working = work()
      while ((await waiting()) === 0) await new Promise(setImmediate)
      const [held] = await Promise.allSettled([hold(LAST)])
      await (held?.status === 'fulfilled' ? other.commitTransaction() : other.rollbackTransaction())
      await working
      expect(held).toMatchObject({ status: 'fulfilled' })
    } finally {
      await other.release()
    }
  }

  const people = async () => {
    for (const [n, id] of IDS.entries())
      await app.storage.manager.insert(ViewerEntity, {
        id,
        appId: WECHAT,
        lookup: `lookup-${id}`,
        sealedKey: 'sealed',
        code: `CODE0${n}`,
        nameFrom: null,
        createdAt: 1,
        seenAt: 1,
      })
  }

  /** Cards of one person, whom the platform calls ann. */
  const cards = async () => {
    const token = await app.login('ann')
    const card = { title: 't', body: 'b' }
    const { body } = await app.call('POST', '/v1/cards', { token, body: card })
    const row = await app.storage.manager.findOneByOrFail(CardEntity, { id: body.id })
    // The list of a person's cards begins with the oldest.
    for (const [n, id] of IDS.entries())
      await app.storage.manager.insert(CardEntity, { ...row, id, createdAt: row.createdAt + n })
    await app.storage.manager.delete(CardEntity, { id: body.id })
    return row.ownerId
  }

  test('the job that erases previous keys takes them in the order of logins', async () => {
    for (const viewerId of IDS)
      await app.storage.manager.insert(ViewerKeysEntity, {
        viewerId,
        currentKey: 'sealed',
        previousKey: 'sealed',
        previousUntil: 1,
        expiresAt: app.clock.now() + 1000,
      })
    await expectInOrder('viewer_keys', 'viewer_id', () => of(PreviousKeys).erase())
  })

  test('a group of callbacks takes the people in one order', async () => {
    const bot = of(Bots).find('desk')!
    const shared = { language: 'zh' as const, lastList: [] as string[], notifiedAt: 1 }
    for (const viewerId of IDS)
      await app.storage.manager.insert(BotPersonEntity, { botId: bot.id, viewerId, ...shared })
    const all = IDS.map((viewerId) => ({
      bot,
      ...shared,
      person: { ...shared, viewerId, known: true, blocked: false },
    }))
    await expectInOrder('bot_people', 'viewer_id', () =>
      app.storage.transaction((manager) => of(People).remember(manager, all)),
    )
  })

  test('names that the platform gave are stored in one order', async () => {
    await people()
    await expectInOrder('viewers', 'id', () =>
      Promise.all(IDS.map((id) => of(NameStore).put(id, 'n', 'platform'))),
    )
  })

  test('streams that nobody polls are given up in one order', async () => {
    for (const id of IDS)
      await app.storage.manager.insert(BotJobEntity, {
        id,
        botId: 'desk',
        chatKey: `chat-${id}`,
        person: 'p',
        sealedMessage: 'sealed',
        delivery: 'stream',
        seq: 1,
        state: 'done',
        attempts: 1,
        nextAt: 1,
        leaseUntil: 0,
        deliverAt: 1,
        createdAt: 1,
      })
    await expectInOrder('bot_jobs', 'id', () => of(BotJobRepository).deliverable(1))
  })

  test('an erasure revokes cards in the order of openings', async () => {
    await cards()
    await expectInOrder('cards', 'id', () =>
      of(PersonService).erase({ app: WECHAT, viewerKey: 'ann' }, { actor: 'test' }),
    )
  })

  test('an administrator revokes the cards of a person in the order of openings', async () => {
    const ownerId = await cards()
    await expectInOrder('cards', 'id', () =>
      of(CardRevocation).batches({ actor: 'admin:test' } as never, ownerId, 'why'),
    )
  })

  test('retention takes rows in the order of groups', async () => {
    for (const [n, id] of IDS.entries())
      await app.storage.manager.insert(SessionEntity, {
        id,
        tokenHash: `hash-${n}`,
        viewerId: id,
        appId: WECHAT,
        createdAt: 1,
        expiresAt: 2,
        endedAt: null,
      })
    await expectInOrder('sessions', 'id', () => of(RetentionService).run())
  })
}

againOverPostgres({ 'locks in one order': suite })
