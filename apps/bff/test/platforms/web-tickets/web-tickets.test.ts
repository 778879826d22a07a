import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eventually, InstantTimers, ManualClock, SeededRandom } from '@sealcard/testing'
import type { DataSource } from 'typeorm'
import type { DatabaseConfig } from '../../../src/core/config/config.js'
import { Vault } from '../../../src/core/crypto/vault.js'
import { HOUR, MINUTE } from '../../../src/core/time.js'
import { PlatformUnreachable } from '../../../src/platforms/calls/platform-error.js'
import { PlatformClients } from '../../../src/platforms/registry/platforms.js'
import type { TicketKind, WebClient } from '../../../src/platforms/registry/web-platform.js'
import type { FetchedToken } from '../../../src/platforms/tokens/token-source.js'
import { WebTicketEntity } from '../../../src/platforms/web-tickets/web-ticket.entity.js'
import { WebTicketStore } from '../../../src/platforms/web-tickets/web-ticket.store.js'
import { WebTickets } from '../../../src/platforms/web-tickets/web-tickets.js'
import { createDataSource } from '../../../src/schema/data-source.js'
import { migrate } from '../../../src/schema/migrate.js'
import { WebTickets1770000040000 } from '../../../src/schema/migrations/1770000040000-web-tickets.js'
import { sampleConfig, wecomApp } from '../../kit/sample-config.js'

const schema = { entities: [WebTicketEntity], migrations: [WebTickets1770000040000] }
const app = wecomApp()

/** A platform's endpoint of tickets: the same ticket again until the test says otherwise. */
class FakeWeb implements Pick<WebClient, 'fetchTicket'> {
  readonly asked: TicketKind[] = []
  generation = 1
  failure: Error | undefined
  hangs = false

  async fetchTicket(_app: unknown, kind: TicketKind): Promise<FetchedToken> {
    this.asked.push(kind)
    await new Promise((resolve) => setImmediate(resolve))
    if (this.hangs) await new Promise(() => undefined)
    if (this.failure) throw this.failure
    return { token: `${kind}-${this.generation}`, expiresIn: 7_200 }
  }
}

describe('WebTickets', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sealcard-tickets-'))
  let database: DatabaseConfig
  let dataSource: DataSource
  let clock: ManualClock
  let web: FakeWeb
  let seeds = 0
  let files = 0

  afterAll(() => rmSync(folder, { recursive: true }))
  beforeEach(async () => {
    // A database for each test: a successor that is still fetched when a test ends takes no lease from the next one.
    const file = path.join(folder, `${files++}.sqlite`)
    database = { kind: 'sqlite', file, engine: 'sqlite3' }
    dataSource = await createDataSource(database, schema).initialize()
    await migrate(dataSource)
    clock = new ManualClock()
    web = new FakeWeb()
  })
  afterEach(() => dataSource.destroy())

  /** As another process would have them: nothing shared but the database. */
  const open = (on = dataSource): WebTickets => {
    const random = new SeededRandom(seeds++)
    const store = new WebTicketStore(on, new Vault(sampleConfig().keyring), random)
    const clients = new PlatformClients([{ platform: 'wecom', web } as never])
    return new WebTickets(store, clients, { clock, random, timers: new InstantTimers() })
  }
  const row = () =>
    dataSource.getRepository(WebTicketEntity).findOneByOrFail({ id: `${app.id}:agent` })
  const change = (columns: Partial<WebTicketEntity>) =>
    dataSource.getRepository(WebTicketEntity).update({ id: `${app.id}:agent` }, columns)
  /** The platform makes the next ticket, and the time of the present one is over. */
  const renew = async (tickets: WebTickets) => {
    web.generation++
    clock.advance(2 * HOUR)
    await tickets.toOpen(app)
  }

  it('fetches each of the two once, for all who ask in all processes', async () => {
    const other = await createDataSource(database, schema).initialize()
    try {
      const processes = [open(), open(other), open()]
      const calls = processes.flatMap((tickets) => [
        ...Array.from({ length: 20 }, () => tickets.toSign(app, 'agent')),
        ...Array.from({ length: 20 }, () => tickets.toSign(app, 'corp')),
      ])
      expect(new Set(await Promise.all(calls))).toEqual(new Set(['agent-1', 'corp-1']))
      expect([...web.asked].sort()).toEqual(['agent', 'corp'])
    } finally {
      await other.destroy()
    }
  })

  it('keeps them sealed, the previous one too', async () => {
    const tickets = open()
    await tickets.toOpen(app)
    await renew(tickets)
    expect((await row()).envelope).toMatch(/^v1\.k1\./)
    expect((await row()).previousEnvelope).toMatch(/^v1\.k1\./)
    expect(JSON.stringify(await row())).not.toMatch(/agent-\d/)
  })

  it('opens with the replaced ticket for ten minutes, and not a millisecond longer', async () => {
    const tickets = open()
    await tickets.toOpen(app)
    await renew(tickets)
    clock.advance(10 * MINUTE - 1)
    expect(await tickets.toOpen(app)).toEqual({ current: 'agent-2', previous: 'agent-1' })
    clock.advance(1)
    expect(await tickets.toOpen(app)).toEqual({ current: 'agent-2', previous: null })
  })

  it('opens with no ticket before the previous one', async () => {
    const tickets = open()
    await tickets.toOpen(app)
    await renew(tickets)
    await renew(tickets)
    expect(await tickets.toOpen(app)).toEqual({ current: 'agent-3', previous: 'agent-2' })
  })

  it('counts the grace from the end of a ticket that nobody replaced in time', async () => {
    const tickets = open()
    await tickets.toOpen(app)
    web.generation++
    clock.advance(2 * HOUR + 10 * MINUTE)
    expect(await tickets.toOpen(app)).toEqual({ current: 'agent-2', previous: null })
  })

  it('begins no grace when the platform gives out the same ticket again', async () => {
    const tickets = open()
    await tickets.toOpen(app)
    await renew(tickets)
    clock.advance(2 * HOUR)
    expect(await tickets.toOpen(app)).toEqual({ current: 'agent-2', previous: null })
    expect(web.asked).toHaveLength(3)
  })

  it('opens with what another process fetched, although this one still holds the ticket before', async () => {
    const [one, other] = [open(), open()]
    await one.toSign(app, 'agent')
    clock.advance(HOUR)
    // The other process was told to fetch anew.
    await change({ refreshAt: clock.now() })
    web.generation++
    await other.toOpen(app)
    await eventually(async () => (await row()).previousEnvelope !== null)
    expect(await other.toOpen(app)).toEqual({ current: 'agent-2', previous: 'agent-1' })
    expect(await one.toOpen(app)).toEqual({ current: 'agent-2', previous: 'agent-1' })
  })

  it('uses the present ticket while its successor is fetched, and then the successor', async () => {
    const tickets = open()
    await tickets.toOpen(app)
    web.generation++
    clock.advance(2 * HOUR - 5 * MINUTE)
    expect(await tickets.toOpen(app)).toEqual({ current: 'agent-1', previous: null })
    await eventually(async () => (await row()).previousEnvelope !== null)
    expect(await tickets.toOpen(app)).toEqual({ current: 'agent-2', previous: 'agent-1' })
    await eventually(async () => (await tickets.toSign(app, 'agent')) === 'agent-2')
    expect(web.asked).toEqual(['agent', 'agent'])
  })

  it('waits for no platform that hangs while the present ticket holds, in whatever process', async () => {
    await open().toOpen(app)
    await open().toSign(app, 'corp')
    web.hangs = true
    clock.advance(2 * HOUR - 1)
    for (const tickets of [open(), open()]) {
      expect(await tickets.toOpen(app)).toEqual({ current: 'agent-1', previous: null })
      expect(await tickets.toSign(app, 'agent')).toBe('agent-1')
      expect(await tickets.toSign(app, 'corp')).toBe('corp-1')
    }
    // One process asks for each of the two, and waits.
    await eventually(async () => web.asked.length === 4)
    expect([...web.asked].sort()).toEqual(['agent', 'agent', 'corp', 'corp'])
  })

  it('works on with the present ticket while the platform is down, and not beyond its end', async () => {
    const tickets = open()
    await tickets.toOpen(app)
    web.failure = new PlatformUnreachable('ticket/get', 'timeout')
    clock.advance(2 * HOUR - 1)
    expect(await tickets.toOpen(app)).toEqual({ current: 'agent-1', previous: null })
    clock.advance(1)
    await expect(tickets.toOpen(app)).rejects.toBe(web.failure)
  })

  it('forgets what no key of the keyring opens', async () => {
    await open().toOpen(app)
    await change({ envelope: 'v1.k1.AAAA', previousEnvelope: 'v1.k1.AAAA' })
    web.generation++
    expect(await open().toOpen(app)).toEqual({ current: 'agent-2', previous: null })
  })

  it('lets no previous ticket count that a wrong clock gave a longer time', async () => {
    const tickets = open()
    await tickets.toOpen(app)
    await renew(tickets)
    await change({ previousUntil: clock.now() + 24 * HOUR })
    expect(await tickets.toOpen(app)).toEqual({ current: 'agent-2', previous: null })
  })
})
