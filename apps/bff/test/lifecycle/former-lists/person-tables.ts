import { Raw, type FindOptionsWhere, type ObjectLiteral } from 'typeorm'
import { AdminAccountEntity } from '../../../src/accounts/admin-account.entity.js'
import { AdminSessionEntity } from '../../../src/accounts/admin-session.entity.js'
import { AutomationTokenEntity } from '../../../src/accounts/automation-token.entity.js'
import { SetupTokenEntity } from '../../../src/accounts/setup-token.entity.js'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { BotCallbackEntity } from '../../../src/bots/storage/bot-callback.entity.js'
import { BotJobEntity } from '../../../src/bots/storage/bot-job.entity.js'
import { BotNoticeEntity } from '../../../src/bots/storage/bot-notice.entity.js'
import { BotPersonEntity } from '../../../src/bots/storage/bot-person.entity.js'
import { CardMakerEntity } from '../../../src/members/card-rules/company-policy.entity.js'
import { CardEntity, CardViewerEntity } from '../../../src/members/cards/card.entity.js'
import { IdempotencyEntity } from '../../../src/members/cards/idempotency.repository.js'
import { OpeningEntity, ProofEntity } from '../../../src/members/openings/opening.entity.js'
import { SessionEntity } from '../../../src/members/sessions/session.entity.js'
import { ViewerKeysEntity } from '../../../src/members/sessions/viewer-keys.entity.js'
import { ViewerEntity } from '../../../src/members/sessions/viewer.entity.js'
import { ShareEntity } from '../../../src/members/shares/share.entity.js'

/** What erasing a person does to a row. `pseudonym` stands for an id that is nobody's. */
type Erasure = 'delete' | 'keep' | ((pseudonym: string) => ObjectLiteral)

export interface PersonTable {
  readonly entity: new () => ObjectLiteral
  /** The rows about the person with this id of ours. */
  readonly where: (
    id: string,
  ) => FindOptionsWhere<ObjectLiteral> | FindOptionsWhere<ObjectLiteral>[]
  readonly erasure: Erasure
  /** What the person may not read of a row: it says something about somebody else, or would break the one refusal. */
  readonly withheld?: (row: ObjectLiteral, id: string) => ObjectLiteral
}

const WITHHELD = '(withheld)'
/** The hashes of the chain cover what is withheld, and there are few reasons to try. */
const UNCHAINED = { hash: WITHHELD, prevHash: WITHHELD }

const through = (select: string) => (id: string) =>
  Raw((column) => `${column} IN (${select} = :person)`, { person: id })
const ofOwnCards = through('SELECT cards.id FROM cards WHERE cards.owner_id')
const asViewer = through('SELECT viewers.lookup FROM viewers WHERE viewers.id')
const ofOwnOpenings = through('SELECT openings.id FROM openings WHERE openings.viewer_id')

/**
 * Every table that says something about a person; a test compares it with the tags. In the order of erasing: what is
 * found through another table goes first, the person's own row last.
 */
export const personTables: readonly PersonTable[] = [
  {
    entity: IdempotencyEntity,
    where: (id) => ({ cardId: ofOwnCards(id) }),
    erasure: 'delete',
  },
  {
    // Without its row a proof could be used again. Whose it was only its opening says.
    entity: ProofEntity,
    where: (id) => ({ openingId: ofOwnOpenings(id) }),
    erasure: 'keep',
  },
  {
    entity: OpeningEntity,
    where: (id) => ({ viewerId: id }),
    erasure: (pseudonym) => ({ viewerId: pseudonym, sessionId: pseudonym }),
    // What the one refusal does not say. Why a proof did not open would let its holder forge one, here as there.
    withheld: ({ outcome }) =>
      outcome === 'rejected' ? { shareId: WITHHELD, cardId: WITHHELD, reason: WITHHELD } : {},
  },
  {
    // The owner of a card still sees that somebody read it, and the limits still hold.
    entity: CardViewerEntity,
    where: (id) => ({ viewerId: id }),
    erasure: (pseudonym) => ({ viewerId: pseudonym }),
  },
  {
    entity: ShareEntity,
    where: (id) => ({ sharerId: id }),
    erasure: (pseudonym) => ({ sharerId: pseudonym, sealedValue: null }),
  },
  {
    entity: CardEntity,
    where: (id) => ({ ownerId: id }),
    erasure: (pseudonym) => ({ ownerId: pseudonym, sealedTitle: null, sealedBody: null }),
  },
  { entity: CardMakerEntity, where: (id) => ({ viewerId: id }), erasure: 'delete' },
  {
    // The rest of the row says nothing about anybody, and a repeated callback must not be handled again.
    entity: BotCallbackEntity,
    where: (id) => ({ person: asViewer(id) }),
    erasure: () => ({ sealedReply: null, person: null }),
  },
  { entity: BotJobEntity, where: (id) => ({ person: asViewer(id) }), erasure: 'delete' },
  { entity: BotNoticeEntity, where: (id) => ({ viewerId: id }), erasure: 'delete' },
  { entity: BotPersonEntity, where: (id) => ({ viewerId: id }), erasure: 'delete' },
  { entity: SessionEntity, where: (id) => ({ viewerId: id }), erasure: 'delete' },
  { entity: ViewerKeysEntity, where: (id) => ({ viewerId: id }), erasure: 'delete' },
  // Written once, never changed. With the person's row gone its ids lead to nobody.
  {
    entity: AuditEntryEntity,
    where: (id) => [{ actor: id }, { subject: id }],
    erasure: 'keep',
    // Which administrator it was, from which address, and their words; of their own refused openings, as above.
    withheld: ({ actor, kind, decision }, id) => {
      if (actor !== id)
        return { actor: String(actor).split(':', 1)[0], reason: WITHHELD, ...UNCHAINED }
      const refused = kind === 'opening' && decision === 'refused'
      return { ...UNCHAINED, ...(refused && { subject: WITHHELD, reason: WITHHELD }) }
    },
  },
  { entity: ViewerEntity, where: (id) => ({ id }), erasure: 'delete' },
]

/**
 * What says something about administrators. They are not viewers: their ids name accounts. An administrator is told by
 * the list of accounts, and gone 180 days after the account was disabled.
 */
export const administratorTables: readonly (new () => ObjectLiteral)[] = [
  AdminAccountEntity,
  AdminSessionEntity,
  AutomationTokenEntity,
  SetupTokenEntity,
]
