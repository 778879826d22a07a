import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { DAY } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose, type Withheld } from '../../database/data-policy.js'

/** The answer does not say whether the share exists, so the copy does not say it either. */
const unsaid: Withheld = { because: 'share' }

/**
 * A person asked for access through a share. There is a row for whatever was asked about, also for no share: so every
 * request does the same work, and all count against the person's limit.
 */
@Entity('access_requests')
@DataPolicy<AccessRequestEntity>({
  until: 'accessRequest',
  retention: [{ name: 'access_requests', due: [{ since: 'at', ms: 30 * DAY }] }],
  erasure: 'delete',
})
@Index('ix_access_requests_card', ['cardId', 'at', 'id'])
@Index('ix_access_requests_viewer', ['viewerId', 'at'])
@Index('ix_access_requests_order', ['at', 'id'])
export class AccessRequestEntity {
  @Purpose('names the request')
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_access_requests' })
  id: string

  /** As it was asked for, fit for a query: it may be the id of nothing. */
  @Purpose('which share was asked about', { personal: true })
  @Column({ type: 'varchar', length: 64, name: 'share_id' })
  shareId: string

  /** Null where nobody is to read it: no share of the person's app, or the person's own card. */
  @Purpose('whose owner reads it', { personal: true, withheld: [unsaid] })
  @Column({ type: 'varchar', length: 22, name: 'card_id', nullable: true })
  cardId: string | null

  @Purpose('who asked; the limit for each person', { person: 'id' })
  @Column({ type: 'varchar', length: 22, name: 'viewer_id' })
  viewerId: string

  /** Null once the owner or the person is erased. */
  @Purpose('the words to the owner, sealed', {
    personal: true,
    sealed: { for: 'note', toldTo: 'person' },
  })
  @Column({ type: 'text', name: 'sealed_note', nullable: true })
  sealedNote: string | null

  @Purpose('when', { personal: true })
  @Column(epoch('at'))
  at: number

  /** By the owner; or the person asked again through the same share. */
  @Purpose('no longer shown to the owner', { personal: true, withheld: [unsaid] })
  @Column(epoch('dismissed_at', { nullable: true }))
  dismissedAt: number | null
}
