import type { Policy } from '@sealcard/protocol'
import { Column, Entity, Index, LessThanOrEqual, PrimaryColumn, Raw } from 'typeorm'
import { DAY } from '../../core/time.js'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose, WITHIN_A_DAY } from '../../database/data-policy.js'

const REVOKED = 'revoked_at IS NOT NULL'
const TIMED = 'revoked_at IS NULL AND expires_at IS NOT NULL'
const ENDLESS = 'revoked_at IS NULL AND expires_at IS NULL'

/**
 * A card can be expired when it is made. It stays until its Idempotency-Key is gone: a repeated request gets the same
 * card.
 */
const madeLongAgo = {
  text: 'made at least 3 days ago',
  where: (now: number) => ({ createdAt: LessThanOrEqual(now - 3 * DAY) }),
}

/** While a card can be opened or shared again, the limits count on its roster. */
const cardIsClosed = {
  text: 'the card is revoked, expired or gone',
  where: (now: number) => ({
    cardId: Raw(
      (column) =>
        `NOT EXISTS (SELECT 1 FROM cards WHERE cards.id = ${column} AND cards.revoked_at IS NULL
          AND (cards.expires_at IS NULL OR cards.expires_at > :now))`,
      { now },
    ),
  }),
}

/** What finds a title does not outlive it. */
const PAIRS = { table: 'card_pairs', property: 'cardId' }

/** What is shared. Title and body are sealed, and erased within a day of revocation or expiry. */
@Entity('cards')
@DataPolicy<CardEntity>({
  until: 'card',
  retention: [
    {
      name: 'content',
      until: 'content',
      due: [
        { since: 'revokedAt', ms: WITHIN_A_DAY },
        { since: 'expiresAt', ms: WITHIN_A_DAY },
      ],
      blank: 'sealedBody',
      audited: 'card.erase',
      with: [PAIRS],
    },
    {
      name: 'cards',
      with: [PAIRS],
      due: [
        { since: 'revokedAt', ms: 180 * DAY, and: madeLongAgo },
        { since: 'expiresAt', ms: 180 * DAY, and: madeLongAgo },
      ],
    },
  ],
  erasure: 'columns',
})
@Index('ix_cards_owner', ['ownerId', 'createdAt', 'id'])
@Index('ix_cards_revoked_at', ['revokedAt'])
@Index('ix_cards_expires_at', ['expiresAt'])
// Administrators' lists: newest first, whole or by status, over all apps or in one.
@Index('ix_cards_created', ['createdAt', 'id'])
@Index('ix_cards_revoked', ['createdAt', 'id'], { where: REVOKED })
@Index('ix_cards_timed', ['createdAt', 'id', 'expiresAt'], { where: TIMED })
@Index('ix_cards_endless', ['createdAt', 'id'], { where: ENDLESS })
@Index('ix_cards_app', ['appId', 'createdAt', 'id'])
@Index('ix_cards_app_revoked', ['appId', 'createdAt', 'id'], { where: REVOKED })
@Index('ix_cards_app_timed', ['appId', 'createdAt', 'id', 'expiresAt'], { where: TIMED })
@Index('ix_cards_app_endless', ['appId', 'createdAt', 'id'], { where: ENDLESS })
export class CardEntity {
  @Purpose('names the card')
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_cards' })
  id: string

  @Purpose('whose card', { person: 'id', erased: 'pseudonym' })
  @Column({ type: 'varchar', length: 22, name: 'owner_id' })
  ownerId: string

  @Purpose('in which app')
  @Column({ type: 'varchar', length: 64, name: 'app_id' })
  appId: string

  /** Null once erased. */
  @Purpose('what the chat shows, sealed', {
    personal: true,
    until: 'content',
    sealed: { for: 'title', toldTo: 'person' },
    erased: 'null',
  })
  @Column({ type: 'text', name: 'sealed_title', nullable: true })
  sealedTitle: string | null

  /** Null once erased. */
  @Purpose('what only recipients read, sealed', {
    personal: true,
    until: 'content',
    sealed: { for: 'body', toldTo: 'person' },
    erased: 'null',
  })
  @Column({ type: 'text', name: 'sealed_body', nullable: true })
  sealedBody: string | null

  /** Null for a card without, and once erased. */
  @Purpose('what the card stands for in the adopter’s product, sealed', {
    personal: true,
    sealed: { for: 'reference', toldTo: 'person' },
    erased: 'null',
  })
  @Column({ type: 'text', name: 'sealed_reference', nullable: true })
  sealedReference: string | null

  /** JSON. Null for a card without, and once erased. */
  @Purpose('what the adopter’s pages show of it, sealed', {
    personal: true,
    until: 'content',
    sealed: { for: 'data', toldTo: 'person' },
    erased: 'null',
  })
  @Column({ type: 'text', name: 'sealed_data', nullable: true })
  sealedData: string | null

  @Purpose('how it may be opened')
  @Column({ type: 'simple-json' })
  policy: Policy

  @Purpose('orders the list', { personal: true })
  @Column(epoch('created_at'))
  createdAt: number

  @Purpose('no opening from then on')
  @Column(epoch('expires_at', { nullable: true }))
  expiresAt: number | null

  @Purpose('no opening from then on', { personal: true })
  @Column(epoch('revoked_at', { nullable: true }))
  revokedAt: number | null

  /** Revoked then, too; words and labels are gone. The row stays for its readers, and for the limits of its owner. */
  @Purpose('the owner deleted it: no list of theirs shows it', { personal: true })
  @Column(epoch('deleted_at', { nullable: true }))
  deletedAt: number | null

  @Purpose('shown to the owner; the claim of the view limit')
  @Column({ type: 'int', name: 'viewer_count' })
  viewerCount: number

  @Purpose('shown to the owner')
  @Column({ type: 'int', name: 'open_count' })
  openCount: number

  @Purpose('shown to the owner')
  @Column({ type: 'int', name: 'refused_count' })
  refusedCount: number

  @Purpose('shown to the owner')
  @Column(epoch('first_opened_at', { nullable: true }))
  firstOpenedAt: number | null

  @Purpose('shown to the owner')
  @Column(epoch('last_opened_at', { nullable: true }))
  lastOpenedAt: number | null

  /** Who is declaring a share at the moment; two at once would make two activities. */
  @Purpose('one declaration at a time')
  @Column({ type: 'varchar', length: 22, name: 'share_lease', nullable: true })
  shareLease: string | null

  @Purpose('one declaration at a time')
  @Column(epoch('share_lease_until', { nullable: true }))
  shareLeaseUntil: number | null
}

/** A viewer who opened a card: the owner's roster, the viewer's received box, and the claim of a view. */
@Entity('card_viewers')
@DataPolicy<CardViewerEntity>({
  until: 'roster',
  retention: [{ name: 'rosters', due: [{ since: 'lastAt', ms: 180 * DAY, and: cardIsClosed }] }],
  // The owner of the card still sees that a person read it, and the limits still hold.
  erasure: 'columns',
})
@Index('ix_card_viewers_roster', ['cardId', 'firstAt', 'viewerId'])
@Index('ix_card_viewers_received', ['viewerId', 'firstAt', 'cardId'])
@Index('ix_card_viewers_last_at', ['lastAt'])
export class CardViewerEntity {
  @Purpose('which card', { personal: true })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'card_id',
    primaryKeyConstraintName: 'pk_card_viewers',
  })
  cardId: string

  @Purpose('who read it', { person: 'id', erased: 'pseudonym' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'viewer_id',
    primaryKeyConstraintName: 'pk_card_viewers',
  })
  viewerId: string

  /** Null in rows of earlier versions, where the opening was not kept any more. */
  @Purpose('through which share they first opened it', { personal: true })
  @Column({ type: 'varchar', length: 22, name: 'share_id', nullable: true })
  shareId: string | null

  @Purpose('how often; the limit per viewer', { personal: true })
  @Column({ type: 'int' })
  opens: number

  @Purpose('when first', { personal: true })
  @Column(epoch('first_at'))
  firstAt: number

  @Purpose('when last', { personal: true })
  @Column(epoch('last_at'))
  lastAt: number

  @Purpose('when the reader confirmed having read it', { personal: true })
  @Column(epoch('acknowledged_at', { nullable: true }))
  acknowledgedAt: number | null
}
