import { Injectable } from '@nestjs/common'
import { DataSource, In } from 'typeorm'
import { Vault } from '../../core/crypto/vault.js'
import { KeyedHash } from '../../database/keyed-hash/keyed-hash.service.js'
import { ShareEntity } from './share.entity.js'

/** What the vault binds a label to. */
const labelRef = (shareId: string) => ({ table: 'shares', row: shareId, purpose: 'label' })

type Labelled = Pick<ShareEntity, 'id' | 'sealedLabel'>

/** To whom a share goes, in its sharer's words: sealed at rest, and found again by a keyed hash. */
@Injectable()
export class ShareLabels {
  constructor(
    private readonly storage: DataSource,
    private readonly vault: Vault,
    private readonly keyedHash: KeyedHash,
  ) {}

  /** What a share with the label is found by; null without one. */
  async hashOf(cardId: string, sharerId: string, label: string | null): Promise<string | null> {
    return label === null ? null : this.keyedHash.hash('share_label', cardId, sharerId, label)
  }

  seal(shareId: string, label: string): string {
    return this.vault.seal(labelRef(shareId), label)
  }

  /** Nothing without a label, and where the envelope does not open. */
  shown({ id, sealedLabel }: Labelled): { label?: string } {
    const label = this.vault.unsealOrNull(labelRef(id), sealedLabel)
    return label === null ? {} : { label }
  }

  /** Of shares that are still there; a share without a label is not in the answer. */
  async of(shareIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const ids = [...new Set(shareIds)]
    if (ids.length === 0) return new Map()
    const rows = await this.storage.manager.find(ShareEntity, {
      select: { id: true, sealedLabel: true },
      where: { id: In(ids) },
    })
    return new Map(
      rows.flatMap((row) => {
        const { label } = this.shown(row)
        return label === undefined ? [] : [[row.id, label] as const]
      }),
    )
  }
}

/** A share as the rosters name it. @param labels by share */
export const shareOf = (id: string, labels: ReadonlyMap<string, string>) => {
  const label = labels.get(id)
  return label === undefined ? { id } : { id, label }
}
