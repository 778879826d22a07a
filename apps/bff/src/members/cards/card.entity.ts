import type { Policy } from '@sealcard/protocol'
import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch, Retain } from '../../database/columns.js'

const REVOKED = 'revoked_at IS NOT NULL'
const TIMED = 'revoked_at IS NULL AND expires_at IS NOT NULL'
const ENDLESS = 'revoked_at IS NULL AND expires_at IS NULL'

/** What is shared. Title and body are sealed, and erased within a day of revocation or expiry. */
@Entity('cards')
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
  @Retain({ purpose: 'names the card', personal: false, until: 'card' })
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_cards' })
  id: string

  @Retain({ purpose: 'whose card', personal: true, until: 'card' })
  @Column({ type: 'varchar', length: 22, name: 'owner_id' })
  ownerId: string

  @Retain({ purpose: 'in which app', personal: false, until: 'card' })
  @Column({ type: 'varchar', length: 64, name: 'app_id' })
  appId: string

  /** Null once erased. */
  @Retain({
    purpose: 'what the chat shows, sealed',
    personal: true,
    until: 'content',
    sealed: 'title',
    toldTo: 'person',
  })
  @Column({ type: 'text', name: 'sealed_title', nullable: true })
  sealedTitle: string | null

  /** Null once erased. */
  @Retain({
    purpose: 'what only recipients read, sealed',
    personal: true,
    until: 'content',
    sealed: 'body',
    toldTo: 'person',
  })
  @Column({ type: 'text', name: 'sealed_body', nullable: true })
  sealedBody: string | null

  @Retain({ purpose: 'how it may be opened', personal: false, until: 'card' })
  @Column({ type: 'simple-json' })
  policy: Policy

  @Retain({ purpose: 'orders the list', personal: true, until: 'card' })
  @Column(epoch('created_at'))
  createdAt: number

  @Retain({ purpose: 'no opening from then on', personal: false, until: 'card' })
  @Column(epoch('expires_at', { nullable: true }))
  expiresAt: number | null

  @Retain({ purpose: 'no opening from then on', personal: true, until: 'card' })
  @Column(epoch('revoked_at', { nullable: true }))
  revokedAt: number | null

  @Retain({
    purpose: 'shown to the owner; the claim of the view limit',
    personal: false,
    until: 'card',
  })
  @Column({ type: 'int', name: 'viewer_count' })
  viewerCount: number

  @Retain({ purpose: 'shown to the owner', personal: false, until: 'card' })
  @Column({ type: 'int', name: 'open_count' })
  openCount: number

  @Retain({ purpose: 'shown to the owner', personal: false, until: 'card' })
  @Column({ type: 'int', name: 'refused_count' })
  refusedCount: number

  @Retain({ purpose: 'shown to the owner', personal: false, until: 'card' })
  @Column(epoch('first_opened_at', { nullable: true }))
  firstOpenedAt: number | null

  @Retain({ purpose: 'shown to the owner', personal: false, until: 'card' })
  @Column(epoch('last_opened_at', { nullable: true }))
  lastOpenedAt: number | null

  /** Who is declaring a share at the moment; two at once would make two activities. */
  @Retain({ purpose: 'one declaration at a time', personal: false, until: 'card' })
  @Column({ type: 'varchar', length: 22, name: 'share_lease', nullable: true })
  shareLease: string | null

  @Retain({ purpose: 'one declaration at a time', personal: false, until: 'card' })
  @Column(epoch('share_lease_until', { nullable: true }))
  shareLeaseUntil: number | null
}

/** A viewer who opened a card: the owner's roster, the viewer's received box, and the claim of a view. */
@Entity('card_viewers')
@Index('ix_card_viewers_roster', ['cardId', 'firstAt', 'viewerId'])
@Index('ix_card_viewers_received', ['viewerId', 'firstAt', 'cardId'])
@Index('ix_card_viewers_last_at', ['lastAt'])
export class CardViewerEntity {
  @Retain({ purpose: 'which card', personal: true, until: 'roster' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'card_id',
    primaryKeyConstraintName: 'pk_card_viewers',
  })
  cardId: string

  @Retain({ purpose: 'who read it', personal: true, until: 'roster' })
  @PrimaryColumn({
    type: 'varchar',
    length: 22,
    name: 'viewer_id',
    primaryKeyConstraintName: 'pk_card_viewers',
  })
  viewerId: string

  @Retain({ purpose: 'how often; the limit per viewer', personal: true, until: 'roster' })
  @Column({ type: 'int' })
  opens: number

  @Retain({ purpose: 'when first', personal: true, until: 'roster' })
  @Column(epoch('first_at'))
  firstAt: number

  @Retain({ purpose: 'when last', personal: true, until: 'roster' })
  @Column(epoch('last_at'))
  lastAt: number

  @Retain({ purpose: 'when the reader confirmed having read it', personal: true, until: 'roster' })
  @Column(epoch('acknowledged_at', { nullable: true }))
  acknowledgedAt: number | null
}
