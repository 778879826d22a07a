import { Dice } from '@sealcard/testing'
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
  const dice = new Dice(seed)
  const content = app.nest.get(CardContent, { strict: false })
  const start = app.clock.now()
  let ids = 0
  // As a database that is older than ids of letters and digits: some ids begin with a minus.
  const id = () => {
    const bytes = dice.bytes(16)
    return ids++ % 2 ? base62(bytes) : bytes.toString('base64url')
  }
  const people = Array.from({ length: 5 }, id)
  const moment = () => start - dice.below(count / 3) * MINUTE
  const cards = Array.from({ length: count }, (): CardEntity => {
    const cardId = id()
    const createdAt = moment()
    return {
      id: cardId,
      ownerId: dice.pick(people),
      appId: dice.pick([WECHAT, WECOM]),
      ...content.seal(cardId, { title: `Title ${cardId}`, body: 'a body' }),
      policy: {},
      createdAt,
      expiresAt: dice.pick([null, start - 1, start, start + 1, createdAt + MINUTE]),
      revokedAt: dice.pick([null, null, createdAt + 1]),
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
    const outcome = dice.pick(['granted', 'granted', 'refused', 'rejected'] as const)
    return {
      id: id(),
      shareId: id(),
      cardId: outcome === 'rejected' ? null : (dice.pick(cards.slice(0, 6)).id ?? null),
      viewerId: dice.pick(people),
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
      viewerId: dice.pick(people),
      appId: WECHAT,
      createdAt,
      expiresAt: dice.pick([start, start + 1, createdAt + MINUTE]),
      endedAt: dice.pick([null, createdAt]),
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
          kind: dice.pick(['opening', 'opening', 'card.revoke']),
          actor: dice.pick(people),
          subject: dice.pick(cards.slice(0, 6)).id,
          decision: 'done',
        })
    })
    app.clock.advance(1)
  }
  return { people, cards, openings, sessions, start }
}
