import { Column, Entity, PrimaryColumn } from 'typeorm'
import { CLOCK_SKEW_MS } from '../../core/ports/clock.js'
import { DAY, MINUTE } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'
import type { TicketKind } from '../registry/web-platform.js'
import { LONGEST_LIFE_MS } from '../tokens/token-source.js'

/** A page may have been signed, and a proof made, under a ticket that was replaced since. */
export const PREVIOUS_TICKET_MS = 10 * MINUTE

/** The row of an app's ticket. */
export const ticketId = (app: string, kind: TicketKind): string => `${app}:${kind}`

/**
 * The tickets of an app's web pages, sealed, and the lease of the process that fetches the next. The app's own ticket opens
 * the proofs of all its people: a reader of it can forge every proof.
 */
@Entity('web_tickets')
@DataPolicy<WebTicketEntity>({
  until: 'service',
  retention: [
    {
      name: 'web_tickets',
      until: 'token',
      due: [{ since: 'expiresAt', ms: 0, latest: LONGEST_LIFE_MS + DAY }],
      blank: 'envelope',
    },
    {
      name: 'previous_web_tickets',
      until: 'previousTicket',
      due: [{ since: 'previousUntil', ms: 0, latest: PREVIOUS_TICKET_MS + CLOCK_SKEW_MS }],
      blank: 'previousEnvelope',
    },
  ],
})
export class WebTicketEntity {
  /** `<app>:agent` or `<app>:corp`. */
  @Purpose('which ticket of which app it is')
  @PrimaryColumn({ type: 'varchar', length: 70, primaryKeyConstraintName: 'pk_web_tickets' })
  id: string

  /** Null: never fetched, or over. */
  @Purpose('signs pages and opens their proofs, sealed', {
    until: 'token',
    sealed: { for: 'web_ticket', toldTo: 'nobody' },
  })
  @Column({ type: 'text', nullable: true })
  envelope: string | null

  @Purpose('the ticket before it, sealed: a proof may be on its way', {
    until: 'previousTicket',
    sealed: { for: 'previous_web_ticket', toldTo: 'nobody' },
  })
  @Column({ type: 'text', name: 'previous_envelope', nullable: true })
  previousEnvelope: string | null

  @Purpose('until when the previous ticket counts')
  @Column(epoch('previous_until'))
  previousUntil: number

  @Purpose('when the ticket was fetched')
  @Column(epoch('fetched_at'))
  fetchedAt: number

  @Purpose('from when a fresh ticket is asked for')
  @Column(epoch('refresh_at'))
  refreshAt: number

  @Purpose('when the ticket ends')
  @Column(epoch('expires_at'))
  expiresAt: number

  @Purpose('which process is fetching')
  @Column({ type: 'varchar', length: 32, name: 'lease_owner', nullable: true })
  leaseOwner: string | null

  @Purpose('until when that process may take')
  @Column(epoch('lease_until'))
  leaseUntil: number
}
