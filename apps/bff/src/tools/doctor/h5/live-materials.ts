import type { DataSource } from 'typeorm'
import type { AppConfig } from '../../../core/config/config.js'
import type { Vault } from '../../../core/crypto/vault.js'
import type { Clock } from '../../../core/ports/clock.js'
import type { Random } from '../../../core/ports/random.js'
import { ViewerKeysEntity, ViewerKeysRepository } from '../../../members/sessions/viewer-keys.js'
import type { TicketKind } from '../../../platforms/registry/web-platform.js'
import { ticketId } from '../../../platforms/web-tickets/web-ticket.entity.js'
import { WebTicketStore } from '../../../platforms/web-tickets/web-ticket.store.js'
import type { Material } from './key-trials.js'

/** The parts of the service that the doctor uses. */
export interface Parts {
  readonly storage: DataSource
  readonly vault: Vault
  readonly clock: Clock
  readonly random: Random
}

/** Everything that the key of a proof may come from, as the service has it now. Nothing is fetched. */
export const liveMaterials = async (
  { storage, vault, clock, random }: Parts,
  app: AppConfig,
  viewerId: string | undefined,
): Promise<Material[]> => {
  const store = new WebTicketStore(storage, vault, random)
  const tickets = async (kind: TicketKind, now: Material['kind'], before: Material['kind']) => {
    const stored = await store.read(ticketId(app.id, kind), clock.now())
    return [made(now, stored?.token), made(before, stored?.previous)]
  }
  const sessionKeys = new ViewerKeysRepository(storage, vault, clock)
  const row = viewerId && (await storage.manager.findOneBy(ViewerKeysEntity, { viewerId }))
  const keys = row ? sessionKeys.current(row) : null
  const all = [
    ...(await tickets('agent', 'ticket', 'previous ticket')),
    ...(await tickets('corp', 'corp ticket', 'previous corp ticket')),
    made('session_key', keys?.current),
    made('session_key', keys?.previous),
  ]
  return all.filter((material) => material !== null)
}

/** How old the app's own ticket is, ms; undefined where there is none. */
export const ticketAge = async (
  { storage, vault, clock, random }: Parts,
  app: AppConfig,
): Promise<number | undefined> => {
  const now = clock.now()
  const stored = await new WebTicketStore(storage, vault, random).read(
    ticketId(app.id, 'agent'),
    now,
  )
  return stored && Math.max(0, now - stored.fetchedAt)
}

const made = (kind: Material['kind'], secret: string | null | undefined): Material | null =>
  secret ? { kind, secret } : null
