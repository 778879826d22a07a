import { Injectable } from '@nestjs/common'
import { CryptoError } from '@sealcard/crypto'
import { PinoLogger } from 'nestjs-pino'
import { Vault } from '../../core/crypto/vault.js'
import type { CardEntity } from './card.entity.js'
import { assertGranted, type Granted } from './decide.js'

export interface Content {
  readonly title: string
  readonly body: string
}

type SealedTitle = Pick<CardEntity, 'id' | 'sealedTitle'>
type Sealed = SealedTitle & Pick<CardEntity, 'sealedBody'>

const ref = (id: string, purpose: 'title' | 'body') => ({ table: 'cards', row: id, purpose })

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

  seal(id: string, { title, body }: Content): Pick<CardEntity, 'sealedTitle' | 'sealedBody'> {
    return {
      sealedTitle: this.vault.seal(ref(id, 'title'), title),
      sealedBody: this.vault.seal(ref(id, 'body'), body),
    }
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
    const { id, sealedBody } = card
    return {
      title: this.title(card),
      body: sealedBody === null ? '' : this.vault.unseal(ref(id, 'body'), sealedBody),
    }
  }
}
