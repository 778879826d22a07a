import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { GroupedRead } from '../../database/grouped-read.js'
import { integer, nullable, Statements, text } from '../../database/statements.js'
import { type Keys, ViewerKeysRepository } from '../sessions/viewer-keys.js'
import { ViewerRepository } from '../sessions/viewer.repository.js'
import type { ShareEntity } from '../shares/share.entity.js'

/** What a proof is weighed against; null for each that is not there. */
export interface ProofSource {
  readonly share: Pick<ShareEntity, 'id' | 'cardId' | 'appId' | 'verifyUntil' | 'valueHash'> | null
  /** Of the share's card. */
  readonly ownerId: string | null
  /** The viewer's keys that count now. */
  readonly keys: Keys | null
  /** The openid or userid. */
  readonly viewerKey: string | null
}

interface Asked {
  readonly shareId: string
  readonly viewerId: string
}

interface Row {
  /** Which member of the group asks. */
  readonly n: number
  readonly id: string | null
  readonly cardId: string
  readonly appId: string
  readonly verifyUntil: number
  readonly valueHash: string
  readonly ownerId: string | null
  readonly currentKey: string | null
  readonly previousKey: string | null
  readonly previousUntil: number | null
  readonly expiresAt: number
  readonly sealedKey: string | null
}

/** Reads what proofs are weighed against, for all who ask in the same moment by one statement. */
@Injectable()
export class ProofSources {
  readonly #rows: GroupedRead<Asked, Row>

  constructor(
    storage: DataSource,
    private readonly keys: ViewerKeysRepository,
    private readonly viewers: ViewerRepository,
  ) {
    const sql = new Statements(storage)
    const statement = sql.read<Row>(
      `SELECT given.n, s.id, s.card_id AS "cardId", s.app_id AS "appId",
        s.verify_until AS "verifyUntil", s.value_hash AS "valueHash", c.owner_id AS "ownerId",
        k.current_key AS "currentKey", k.previous_key AS "previousKey",
        k.previous_until AS "previousUntil", k.expires_at AS "expiresAt",
        v.sealed_key AS "sealedKey"
      FROM ${sql.given(1, { n: 'int', share_id: 'varchar', viewer_id: 'varchar' })}
      LEFT JOIN shares AS s ON s.id = given.share_id
      LEFT JOIN cards AS c ON c.id = s.card_id
      LEFT JOIN viewer_keys AS k ON k.viewer_id = given.viewer_id
      LEFT JOIN viewers AS v ON v.id = given.viewer_id`,
      {
        n: integer,
        id: nullable(text),
        cardId: text,
        appId: text,
        verifyUntil: integer,
        valueHash: text,
        ownerId: nullable(text),
        currentKey: nullable(text),
        previousKey: nullable(text),
        previousUntil: nullable(integer),
        expiresAt: integer,
        sealedKey: nullable(text),
      },
    )
    this.#rows = new GroupedRead(statement, ({ shareId, viewerId }) => [shareId, viewerId])
  }

  async of(shareId: string, viewerId: string): Promise<ProofSource> {
    const row = await this.#rows.first({ shareId, viewerId })
    if (!row) throw new TypeError('a proof has no row of its own')
    const { id, cardId, appId, verifyUntil, valueHash, ownerId, sealedKey } = row
    const { currentKey, previousKey, previousUntil, expiresAt } = row
    const sealed = { viewerId, previousKey, previousUntil, expiresAt }
    return {
      share: id === null ? null : { id, cardId, appId, verifyUntil, valueHash },
      ownerId,
      keys: currentKey === null ? null : this.keys.current({ ...sealed, currentKey }),
      viewerKey: sealedKey === null ? null : this.viewers.unsealed(viewerId, sealedKey),
    }
  }
}
