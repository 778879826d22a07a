import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { verifyAudit } from '../../../src/audit/verify-audit.js'
import { Vault } from '../../../src/core/crypto/vault.js'
import { CardViewerEntity } from '../../../src/members/cards/card.entity.js'
import { Acknowledgements } from '../../../src/members/openings/acknowledgements.js'
import { Metrics } from '../../../src/observability/metrics.js'
import { inSharedTransactions } from '../../kit/held-transactions.js'
import { againOverPostgres } from '../../kit/on-postgres.js'
import { times } from '../../kit/opening-databases.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

/** With four who say it twice, as many as are served at once. */
const PEOPLE = times(12, (n) => `p${n}`)

const suite = (): void => {
  let app: TestApp
  beforeEach(async () => {
    app = await TestApp.start()
  })
  afterEach(() => app.stop())

  /** One card that all of them opened. */
  const opened = async () => {
    const { cardId, shareId, declared } = await app.shared(await app.login('alice'))
    const readers = []
    for (const name of PEOPLE) {
      const token = await app.login(name)
      const { body } = await app.open(token, shareId, wechatProof(key(name), declared, name))
      readers.push({ token, openingId: body.id as string })
    }
    return { cardId, readers }
  }
  type Reader = Awaited<ReturnType<typeof opened>>['readers'][number]
  const acknowledge = ({ token, openingId }: Reader) =>
    app.call('POST', `/v1/openings/${openingId}/acknowledgement`, { token, body: {} })
  const door = () =>
    [app.nest.get(Acknowledgements, { strict: false }), 'acknowledgeOpened'] as const
  const told = () => app.storage.manager.countBy(AuditEntryEntity, { kind: 'opening.acknowledge' })
  const views = () => app.storage.manager.find(CardViewerEntity)

  test('that come at once share transactions; each reader is recorded once, also one who says it twice', async () => {
    const { cardId, readers } = await opened()
    const twice = [...readers, ...readers.slice(0, 4)]
    const work = twice.map((reader) => () => acknowledge(reader))
    const { answers, transactions } = await inSharedTransactions(app, door(), work)
    expect(answers.map(({ status }) => status)).toEqual(twice.map(() => 204))
    // The first may begin with few members. All others share the second.
    expect(transactions).toBeLessThanOrEqual(2)
    const metrics = await app.nest.get(Metrics, { strict: false }).text()
    expect(metrics).toContain(`sealcard_acknowledgements_group_size_sum ${twice.length}\n`)
    expect(await told()).toBe(PEOPLE.length)
    const now = app.clock.now()
    expect((await views()).map(({ acknowledgedAt }) => acknowledgedAt)).toEqual(
      PEOPLE.map(() => now),
    )
    app.clock.advance(1000)
    expect((await acknowledge(readers[0]!)).status).toBe(204)
    expect(await told()).toBe(PEOPLE.length)
    const entries = await app.storage.manager.findBy(AuditEntryEntity, {
      kind: 'opening.acknowledge',
      reason: cardId,
    })
    expect(entries.map(({ subject }) => subject).sort()).toEqual(
      readers.map(({ openingId }) => openingId).sort(),
    )
    expect(await verifyAudit(app.storage, app.nest.get(Vault))).toMatchObject({ faults: [] })
  })

  test('of another person’s opening is none, whoever else is in the group', async () => {
    const { readers } = await opened()
    const [ann, bob] = readers as [Reader, Reader]
    const answers = await Promise.all([
      acknowledge({ ...ann, openingId: bob.openingId }),
      acknowledge(ann),
      acknowledge({ ...ann, openingId: 'A'.repeat(22) }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([404, 204, 404])
    expect((await views()).filter(({ acknowledgedAt }) => acknowledgedAt !== null)).toHaveLength(1)
  })

  test('that the database refuses fails alone', async () => {
    const { readers } = await opened()
    const [{ viewerId } = { viewerId: '' }] = await views()
    await app.storage.query(
      app.storage.options.type === 'postgres'
        ? `ALTER TABLE card_viewers ADD CONSTRAINT refuse_one
            CHECK (viewer_id <> '${viewerId}' OR acknowledged_at IS NULL)`
        : `CREATE TRIGGER refuse_one BEFORE UPDATE ON card_viewers WHEN new.viewer_id = '${viewerId}'
          BEGIN SELECT RAISE(ABORT, 'refused'); END`,
    )
    const work = readers.map((reader) => () => acknowledge(reader))
    const { answers } = await inSharedTransactions(app, door(), work)
    expect(answers.filter(({ status }) => status === 500)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(PEOPLE.length - 1)
    expect(await told()).toBe(PEOPLE.length - 1)
    expect(await verifyAudit(app.storage, app.nest.get(Vault))).toMatchObject({ faults: [] })
  })
}

describe('acknowledgements', suite)
againOverPostgres({ acknowledgements: suite })
