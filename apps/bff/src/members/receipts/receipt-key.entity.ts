import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import { epoch } from '../../database/columns.js'
import { DataPolicy, Purpose } from '../../database/data-policy.js'

/** An Ed25519 key that signs receipts. The public half is published longer than any of its receipts is valid. */
@Entity('receipt_keys')
@DataPolicy<ReceiptKeyEntity>({
  until: 'receiptKey',
  retention: [{ name: 'receipt_keys', due: [{ since: 'expiresAt', ms: 0 }] }],
})
@Index('ux_receipt_keys_number', ['number'], { unique: true })
@Index('ix_receipt_keys_expires_at', ['expiresAt'])
export class ReceiptKeyEntity {
  @Purpose('names the key in a receipt (`kid`)')
  @PrimaryColumn({ type: 'varchar', length: 22, primaryKeyConstraintName: 'pk_receipt_keys' })
  id: string

  /** 1 is the first. Of two processes that make the next key at once, one gets the number. */
  @Purpose('one key after another, over all processes')
  @Column({ type: 'int' })
  number: number

  @Purpose('verifies receipts: `x` of RFC 8037')
  @Column({ type: 'varchar', length: 43, name: 'public_key' })
  publicKey: string

  @Purpose('signs receipts, sealed: `d` of RFC 8037', { sealed: { for: 'key', toldTo: 'nobody' } })
  @Column({ type: 'text', name: 'sealed_key' })
  sealedKey: string

  @Purpose('from when it signs')
  @Column(epoch('used_from'))
  usedFrom: number

  @Purpose('until when it signs')
  @Column(epoch('used_until'))
  usedUntil: number

  @Purpose('until when it is published')
  @Column(epoch('expires_at'))
  expiresAt: number
}
