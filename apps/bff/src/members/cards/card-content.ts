import { Injectable } from '@nestjs/common'
import { CryptoError } from '@sealcard/crypto'
import { PinoLogger } from 'nestjs-pino'
import { Vault } from '../../core/crypto/vault.js'
import type { CardEntity } from './card.entity.js'
import { assertGranted, type Granted } from './decide.js'

export interface Content {
  readonly title: string
  readonly body: string
  /** What the card stands for in the adopter’s product. Absent: nothing. */
  readonly reference?: string | undefined
  /** JSON, for the adopter’s pages. Only with a reference. */
  readonly data?: unknown
}

/** The columns that hold a card’s content. */
export type SealedContent = Pick<
  CardEntity,
  'sealedTitle' | 'sealedBody' | 'sealedReference' | 'sealedData'
>
type SealedTitle = Pick<CardEntity, 'id' | 'sealedTitle'>
type SealedReference = Pick<CardEntity, 'id' | 'sealedReference'>
type Sealed = Pick<CardEntity, 'id'> & SealedContent

const ref = (id: string, purpose: 'title' | 'body' | 'reference' | 'data') => ({
  table: 'cards',
  row: id,
  purpose,
})

/**
 * What a card says; sealed at rest. This class opens a body for its owner or against a grant. Only
 * `lifecycle/person-copies.ts` opens bodies, too: for the owner's copy of their data, or a command at the machine.
 */
@Injectable()
export class CardContent {
  /** What was released of a card that was read once for many: the members of a group. */
  readonly #released = new WeakMap<Sealed, Content>()

  constructor(
    private readonly vault: Vault,
    private readonly logger: PinoLogger,
  ) {
    logger.setContext('cards')
  }

  seal(id: string, { title, body, reference, data }: Content): SealedContent {
    return {
      sealedTitle: this.vault.seal(ref(id, 'title'), title),
      sealedBody: this.vault.seal(ref(id, 'body'), body),
      sealedReference:
        reference === undefined ? null : this.vault.seal(ref(id, 'reference'), reference),
      sealedData:
        data === undefined ? null : this.vault.seal(ref(id, 'data'), JSON.stringify(data)),
    }
  }

  /** For the adopter’s server. Null for a card without, for an erased one, and where no key opens it. */
  reference({ id, sealedReference }: SealedReference): string | null {
    return this.vault.unsealOrNull(ref(id, 'reference'), sealedReference)
  }

  /** Not secret: everybody in the chat reads it. Empty once erased. */
  title({ id, sealedTitle }: SealedTitle): string {
    return sealedTitle === null ? '' : this.vault.unseal(ref(id, 'title'), sealedTitle)
  }

  /**
   * For a list. A title that no key opens is empty, and the log gets a line; the list's other titles stay. Its row is
   * damaged, or its key was dropped too early.
   */
  listedTitle(card: SealedTitle): string {
    try {
      return this.title(card)
    } catch (error) {
      if (!(error instanceof CryptoError)) throw error
      this.logger.error({ card: card.id, code: error.code }, 'a title does not open')
      return ''
    }
  }

  /** @param ownerId the caller; @throws TypeError unless the card is theirs */
  ofOwner(card: Sealed & Pick<CardEntity, 'ownerId'>, ownerId: string): Content {
    if (card.ownerId !== ownerId) throw new TypeError('not the owner of the card')
    return this.#open(card)
  }

  /** @throws TypeError unless `decide()` granted it, or when the content is erased */
  release(grant: Granted, card: Sealed): Content {
    assertGranted(grant)
    if (card.sealedBody === null) throw new TypeError('granted, but the content is erased')
    const released = this.#released.get(card) ?? this.#open(card)
    this.#released.set(card, released)
    return released
  }

  #open(card: Sealed): Content {
    const { id, sealedBody, sealedReference, sealedData } = card
    return {
      title: this.title(card),
      body: sealedBody === null ? '' : this.vault.unseal(ref(id, 'body'), sealedBody),
      ...(sealedReference !== null && {
        reference: this.vault.unseal(ref(id, 'reference'), sealedReference),
      }),
      ...(sealedData !== null && {
        data: JSON.parse(this.vault.unseal(ref(id, 'data'), sealedData)) as unknown,
      }),
    }
  }
}
