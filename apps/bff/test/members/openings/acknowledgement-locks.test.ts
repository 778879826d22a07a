import { eventually } from '@sealcard/testing'
import type { DataSource } from 'typeorm'
import { CardViewerEntity } from '../../../src/members/cards/card.entity.js'
import { Acknowledgements } from '../../../src/members/openings/acknowledgements.js'
import { createDataSource } from '../../../src/schema/data-source.js'
import { migrate } from '../../../src/schema/migrate.js'
import { WECHAT } from '../../kit/config.js'
import { id, OpeningWorld } from '../../kit/opening-world.js'
import {
  hasPostgres,
  PATIENT,
  startPostgres,
  type TestPostgres,
} from '../../kit/storage/postgres.js'

/** In the order of ASCII, which is not that of a dictionary. */
const READERS = ['Bob', 'ann', 'cat'].map(id)

;(hasPostgres() ? describe : describe.skip)('on PostgreSQL', () => {
  let postgres: TestPostgres
  let storage: DataSource
  let other: DataSource
  beforeAll(async () => {
    postgres = await startPostgres()
    const database = postgres.database(`postgres${PATIENT}`)
    const first = await createDataSource(database).initialize()
    await migrate(first)
    // The plan is to read the table as it lies.
    for (const way of ['nestloop', 'mergejoin', 'indexscan', 'bitmapscan', 'indexonlyscan'])
      await first.query(`ALTER DATABASE postgres SET enable_${way} = off`)
    await first.destroy()
    storage = await createDataSource(database).initialize()
    other = await createDataSource(database).initialize()
  })
  afterAll(async () => {
    await storage.destroy()
    await other.destroy()
    await postgres.stop()
  })

  test('a group of acknowledgements takes its rows in one order, however the table lies', async () => {
    const world = new OpeningWorld(storage)
    const now = world.clock.now()
    for (const viewerId of READERS.toReversed())
      await storage.manager.insert(CardViewerEntity, {
        ...{ cardId: id('card'), viewerId, opens: 1, firstAt: now, lastAt: now },
        acknowledgedAt: null,
      })
    await storage.query(`INSERT INTO card_viewers (card_id, viewer_id, opens, first_at, last_at)
      SELECT 'another', n, 1, 0, 0 FROM generate_series(1, 5000) AS series(n)`)
    await storage.query('ANALYZE card_viewers')
    const acknowledgements = new Acknowledgements(storage, world.audit, world.clock)
    const group = READERS.toReversed().map((viewerId) => ({
      ...{ openingId: id('opening'), cardId: id('card'), viewerId, app: WECHAT },
    }))
    let done: Promise<unknown> = Promise.resolve()
    await other.transaction(async (manager) => {
      const free = (also: string) =>
        manager.query<{ viewer_id: string }[]>(
          `SELECT viewer_id FROM card_viewers ${also} FOR UPDATE SKIP LOCKED`,
        )
      const [first, ...others] = READERS
      expect(await free(`WHERE viewer_id = '${first}'`)).toHaveLength(1)
      done = acknowledgements.acknowledgeGroup(group)
      await eventually(async () => {
        const waiting = await manager.query<unknown[]>(
          `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`,
        )
        return waiting.length === 1
      })
      // It waits for the first row, and holds none that comes later.
      const rows = await free(`WHERE card_id <> 'another' AND viewer_id <> '${first}'`)
      expect(rows.map(({ viewer_id: viewerId }) => viewerId).toSorted()).toEqual(others)
    })
    expect(await done).toEqual(group.map(() => ({ value: undefined })))
    const read = await storage.manager.findBy(CardViewerEntity, { cardId: id('card') })
    expect(read.map(({ acknowledgedAt }) => acknowledgedAt)).toEqual(READERS.map(() => now))
  })
})
