import { Inject, Injectable } from '@nestjs/common'
import type { Receipt } from '@sealcard/protocol'
import { SignJWT } from 'jose'
import { CONFIG, type Config } from '../../core/config/config.js'
import { SECOND } from '../../core/time.js'
import type { Principal } from '../../http/access/principals.js'
import { ReceiptKeys } from './receipt-keys.js'

/** Seconds, from the opening on. */
export const RECEIPT_SECONDS = 60

/** An opening that was granted, and committed. */
export interface Receivable {
  readonly opening: { readonly id: string; readonly at: number }
  readonly cardId: string
  readonly reference: string
}

/**
 * Signed statements for adopters' servers: this viewer was granted this opening.
 *
 * A receipt follows from its opening alone, and Ed25519 is deterministic (RFC 8032 5.1.6). So a proof that is sent again
 * within its minute gets the same bytes, which end at the same moment.
 */
@Injectable()
export class Receipts {
  readonly #issuer: string

  constructor(
    private readonly keys: ReceiptKeys,
    @Inject(CONFIG) { receipts }: Pick<Config, 'receipts'>,
  ) {
    this.#issuer = receipts.issuer
  }

  /** @returns a compact JWS with the claims `Receipt` */
  async of({ viewerId, app }: Principal, granted: Receivable): Promise<string> {
    const { opening, cardId, reference } = granted
    const key = await this.keys.at(opening.at)
    const iat = Math.floor(opening.at / SECOND)
    const claims: Receipt = {
      iss: this.#issuer,
      aud: app.id,
      sub: viewerId,
      jti: opening.id,
      iat,
      exp: iat + RECEIPT_SECONDS,
      card: cardId,
      ref: reference,
    }
    const header = { alg: 'EdDSA', typ: 'JWT', kid: key.id }
    return new SignJWT({ ...claims }).setProtectedHeader(header).sign(key.privateKey)
  }
}
