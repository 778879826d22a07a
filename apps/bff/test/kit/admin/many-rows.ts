import { SeededRandom } from '@sealcard/testing'
import { AuditLog } from '../../../src/audit/audit-log.js'
import { sha256 } from '../../../src/core/crypto/digest.js'
import { base62 } from '../../../src/core/ids.js'
import { MINUTE } from '../../../src/core/time.js'
import { CardContent } from '../../../src/members/cards/card-content.js'
import { CardEntity } from '../../../src/members/cards/card.entity.js'
import { OpeningEntity } from '../../../src/members/openings/opening.entity.js'
import { SessionEntity } from '../../../src/members/sessions/session.entity.js'
import { WECHAT, WECOM } from '../config.js'
import type { TestApp } from '../test-app.js'

const REASONS = { granted: null, refused: 'card_revoked', rejected: 'proof_used' } as const

/** Rows of every kind: few people, few moments (so that many share one), every state. */
export const manyRows = async (app: TestApp, count: number, seed = 1) => {
  const random = new SeededRandom(seed)
  const content = app.nest.get(CardContent, { strict: false })
  const start = app.clock.now()
  let ids = 0
  // Every eighth as a database holds that is older than ids of letters and digits: it begins with a minus.
  const id = () => {
    const bytes = random.bytes(16)
    return ids++ % 8 ? base62(bytes) : `-${bytes.toString('base64url').slice(1)}`
  }
  const people = Array.from({ length: 5 }, id)
  const moment = () => start - random.below(count / 3) * MINUTE
  const cards = Array.from({ length: count }, (): CardEntity => {
    const cardId = id()
    const createdAt = moment()
    return {
      id: cardId,
      ownerId: random.pick(people),
      appId: random.pick([WECHAT, WECOM]),
      ...content.seal(cardId, { title: `Title ${cardId}`, body: 'a body' }),
      policy: {},
      createdAt,
      expiresAt: random.pick([null, start - 1, start, start + 1, createdAt + MINUTE]),
      revokedAt: random.pick([null, null, createdAt + 1]),
      deletedAt: null,
      viewerCount: 0,
      openCount: 0,
      refusedCount: 0,
      firstOpenedAt: null,
      lastOpenedAt: null,
      shareLease: null,
      shareLeaseUntil: null,
    }
  })
  const openings = Array.from({ length: count }, (): OpeningEntity => {
    const outcome = random.pick(['granted', 'granted', 'refused', 'rejected'] as const)
    return {
      id: id(),
      shareId: id(),
      cardId: outcome === 'rejected' ? null : (random.pick(cards.slice(0, 6)).id ?? null),
      viewerId: random.pick(people),
      sessionId: id(),
      outcome,
      reason: REASONS[outcome],
      at: moment(),
    }
  })
  const sessions = Array.from({ length: count }, (): SessionEntity => {
    const createdAt = moment()
    return {
      id: id(),
      tokenHash: sha256(id(), 'base64url'),
      viewerId: random.pick(people),
      appId: WECHAT,
      createdAt,
      expiresAt: random.pick([start, start + 1, createdAt + MINUTE]),
      endedAt: random.pick([null, createdAt]),
    }
  })
  const { manager } = app.storage
  for (let i = 0; i < count; i += 100) {
    await manager.insert(CardEntity, cards.slice(i, i + 100))
    await manager.insert(OpeningEntity, openings.slice(i, i + 100))
    await manager.insert(SessionEntity, sessions.slice(i, i + 100))
  }
  const audit = app.nest.get(AuditLog, { strict: false })
  for (let i = 0; i < count; i += 20) {
    await audit.transact(async ({ record }) => {
      for (let n = 0; n < 20; n++)
        record({
          kind: random.pick(['opening', 'opening', 'card.revoke']),
          actor: random.pick(people),
          subject: random.pick(cards.slice(0, 6)).id,
          decision: 'done',
        })
    })
    app.clock.advance(1)
  }
  return { people, cards, openings, sessions, start }
}
