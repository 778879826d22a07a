import { AuditEntryEntity } from '../../src/audit/audit.entities.js'
import { BotCallbackEntity } from '../../src/bots/storage/bot-callback.entity.js'
import { BotJobEntity } from '../../src/bots/storage/bot-job.entity.js'
import { BotNoticeEntity } from '../../src/bots/storage/bot-notice.entity.js'
import { BotPersonEntity } from '../../src/bots/storage/bot-person.entity.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { CardMakerEntity } from '../../src/members/card-rules/company-policy.entity.js'
import { CardEntity, CardViewerEntity } from '../../src/members/cards/card.entity.js'
import { IdempotencyEntity } from '../../src/members/cards/idempotent-cards.js'
import { NoticeChoiceEntity } from '../../src/members/notices/notice-choice.entity.js'
import { SubscriptionEntity } from '../../src/members/notices/subscription.entity.js'
import { OpeningEntity, ProofEntity } from '../../src/members/openings/opening.entity.js'
import { AccessRequestEntity } from '../../src/members/requests/access-request.entity.js'
import { SessionEntity } from '../../src/members/sessions/session.entity.js'
import { ViewerKeysEntity } from '../../src/members/sessions/viewer-keys.js'
import { ViewerEntity } from '../../src/members/sessions/viewer.entity.js'
import { ShareEntity } from '../../src/members/shares/share.entity.js'
import { WebhookDeliveryEntity } from '../../src/webhooks/storage/delivery.entity.js'
import { WECHAT } from '../kit/config.js'
import type { TestApp } from '../kit/test-app.js'

const HOUR = 3_600_000

/** 22 characters, as every id of ours. */
export const id = (name: string): string => name.padEnd(22, '-')
const hash = (name: string): string => name.padEnd(43, '-')

/** Bob logs in; whatever else is about him follows as rows, so that a copy of it has the same bytes each time. */
export const fillEveryTable = async (app: TestApp) => {
  const token = await app.login('oBob')
  const { manager } = app.storage
  const me = await manager.findOneByOrFail(ViewerEntity, {})
  const session = await manager.findOneByOrFail(SessionEntity, {})
  const vault = app.nest.get(Vault)
  const seal = (table: string, row: string, purpose: string, text: string) =>
    vault.seal({ table, row, purpose }, text)
  const now = app.clock.now()
  await manager.update(
    ViewerEntity,
    { id: me.id },
    {
      sealedName: seal('viewers', me.id, 'name', 'Bob, 鲍勃'),
      nameFrom: 'self',
      namedAt: now - HOUR,
    },
  )
  const [bob, alice] = [me.id, id('alice')]

  const card = (name: string, ownerId: string, revokedAt: number | null = null) => ({
    id: id(name),
    ownerId,
    appId: WECHAT,
    sealedTitle: seal('cards', id(name), 'title', `Title of ${name}`),
    sealedBody: seal('cards', id(name), 'body', `Body of ${name}, 私密`),
    sealedReference: seal('cards', id(name), 'reference', `order of ${name}`),
    sealedData: seal('cards', id(name), 'data', '{"total":12}'),
    policy: { maxOpensPerViewer: 3 },
    createdAt: now - 5 * HOUR,
    expiresAt: now + 48 * HOUR,
    revokedAt,
    viewerCount: 1,
    openCount: 2,
    refusedCount: 1,
    firstOpenedAt: now - 3 * HOUR,
    lastOpenedAt: null,
    shareLease: id('lease'),
    shareLeaseUntil: now - 4 * HOUR,
  })
  const erased = { ...card('card-erased', bob, now - 90 * HOUR), sealedTitle: null }
  await manager.insert(CardEntity, [
    card('card-of-bob', bob),
    { ...erased, sealedBody: null, sealedData: null },
    { ...card('card-unreadable', bob), sealedBody: 'v1.gone.AAAA' },
    card('card-of-alice', alice),
  ])
  const row = { bodyHash: hash('body'), createdAt: now - 5 * HOUR }
  await manager.insert(IdempotencyEntity, [
    { id: hash('key-of-bob'), cardId: id('card-of-bob'), ...row },
    { id: hash('key-of-alice'), cardId: id('card-of-alice'), ...row },
  ])
  const share = (name: string, cardId: string, sharerId: string) => ({
    id: id(name),
    cardId,
    sharerId,
    appId: WECHAT,
    platform: 'wechat' as const,
    valueHash: hash(name),
    sealedValue: seal('shares', id(name), 'value', `activity of ${name}`),
    createdAt: now - 4 * HOUR,
    shareUntil: now + 100 * HOUR,
    verifyUntil: now + 2000 * HOUR,
  })
  await manager.insert(ShareEntity, [
    share('share-of-bob', id('card-of-bob'), bob),
    share('share-of-alice', id('card-of-alice'), alice),
  ])
  const opening = (name: string, viewerId: string, outcome: OpeningEntity['outcome']) => ({
    id: id(name),
    shareId: id('share-of-alice'),
    cardId: id('card-of-alice'),
    viewerId,
    sessionId: id('session-before'),
    outcome,
    reason: { granted: null, refused: 'view_limit', rejected: 'proof_used' }[
      outcome
    ] as OpeningEntity['reason'],
    at: now - 2 * HOUR,
  })
  await manager.insert(OpeningEntity, [
    opening('opening-granted', bob, 'granted'),
    opening('opening-refused', bob, 'refused'),
    opening('opening-rejected', bob, 'rejected'),
    { ...opening('opening-unknown', bob, 'rejected'), shareId: null, cardId: null },
    { ...opening('opening-just-now', bob, 'rejected'), at: now - 60_000 },
    opening('opening-of-alice', alice, 'granted'),
  ])
  const proof = { usedAt: now - 2 * HOUR, expiresAt: now + 2000 * HOUR }
  await manager.insert(ProofEntity, [
    { digest: hash('proof-of-bob'), openingId: id('opening-granted'), ...proof },
    { digest: hash('proof-of-alice'), openingId: id('opening-of-alice'), ...proof },
  ])
  const request = (name: string, viewerId: string, cardId: string) => ({
    id: id(name),
    shareId: id('share-asked'),
    cardId,
    viewerId,
    sealedNote: seal('access_requests', id(name), 'note', `Note of ${name}`),
    at: now - 25 * HOUR,
    dismissedAt: null,
  })
  await manager.insert(AccessRequestEntity, [
    request('request-of-bob', bob, id('card-of-alice')),
    { ...request('request-just-now', bob, id('card-of-alice')), at: now - 60_000 },
    request('request-of-alice', alice, id('card-of-bob')),
  ])
  const subscription = (cardId: string, viewerId: string) => ({
    cardId,
    event: 'opened' as const,
    viewerId,
    language: 'zh' as const,
    remaining: 2,
    toldUntil: now - 2 * HOUR,
    dueAt: now,
    attempts: 0,
    sentAt: null,
    changedAt: now - 2 * HOUR,
  })
  await manager.insert(SubscriptionEntity, [
    subscription(id('card-of-bob'), bob),
    subscription(id('card-of-alice'), alice),
  ])
  await manager.insert(NoticeChoiceEntity, [
    { viewerId: bob, off: ['refused'] },
    { viewerId: alice, off: ['opened'] },
  ])
  const read = { opens: 2, firstAt: now - 3 * HOUR, lastAt: now - 2 * HOUR }
  await manager.insert(CardViewerEntity, [
    { cardId: id('card-of-alice'), viewerId: bob, ...read, acknowledgedAt: now - HOUR },
    { cardId: id('card-of-bob'), viewerId: alice, ...read, acknowledgedAt: null },
    { cardId: id('card-erased'), viewerId: bob, ...read, acknowledgedAt: null },
  ])
  await manager.insert(CardMakerEntity, [{ viewerId: bob }, { viewerId: alice }])

  const callback = (name: string, person: string | null) => ({
    id: hash(name),
    botId: 'desk',
    messageKey: hash(`message-${name}`),
    sealedReply: person && seal('bot_callbacks', hash(name), 'reply', 'Reply'),
    person,
    at: now - HOUR,
  })
  await manager.insert(BotCallbackEntity, [
    callback('callback-of-bob', me.lookup),
    callback('callback-of-alice', hash('alice')),
    callback('callback-empty', null),
  ])
  const job = (name: string, person: string, seq: number) => ({
    id: id(name),
    botId: 'desk',
    chatKey: hash('chat'),
    person,
    seq,
    sealedMessage: seal('bot_jobs', id(name), 'message', 'Message'),
    sealedAnswer: null,
    state: 'waiting' as const,
    attempts: 1,
    nextAt: now,
    leaseOwner: null,
    leaseUntil: 0,
    delivery: 'stream' as const,
    deliverAt: now + HOUR,
    createdAt: now - HOUR,
  })
  await manager.insert(BotJobEntity, [
    job('job-of-bob', me.lookup, 1),
    job('job-of-alice', hash('alice'), 2),
  ])
  const notice = (viewerId: string, cardId: string) => ({
    id: cardId.replace('card', 'note'),
    botId: 'desk',
    viewerId,
    cardId,
    kind: 'opened' as const,
    times: 1,
    at: now - 2 * HOUR,
    state: 'waiting' as const,
    messageId: null,
    attempts: 0,
    dueAt: now,
    createdAt: now - 2 * HOUR,
  })
  await manager.insert(BotNoticeEntity, [
    notice(bob, id('card-of-bob')),
    notice(alice, id('card-of-alice')),
  ])
  const remembered = { language: 'zh', lastList: [id('card-of-bob')], notifiedAt: now - HOUR }
  await manager.insert(BotPersonEntity, [
    { botId: 'desk', viewerId: bob, ...remembered },
    { botId: 'desk', viewerId: alice, ...remembered },
  ])
  const message = (name: string, viewerId: string) => ({
    id: id(name),
    appId: WECHAT,
    webhookId: id('webhook'),
    line: id('card-of-alice'),
    seq: 1,
    type: 'card.opened' as const,
    cardId: id('card-of-alice'),
    viewerId,
    ids: { openingId: id('opening-granted') },
    at: now - HOUR,
    attempts: 1,
    nextAt: now,
  })
  await manager.insert(WebhookDeliveryEntity, [
    message('message-of-bob', bob),
    message('message-of-alice', alice),
  ])
  await manager.insert(SessionEntity, {
    id: id('session-before'),
    tokenHash: hash('token'),
    viewerId: bob,
    appId: WECHAT,
    createdAt: now - 6 * HOUR,
    expiresAt: now + 66 * HOUR,
    endedAt: now - 5 * HOUR,
  })
  const previousKey = seal('viewer_keys', bob, 'previous_key', 'K')
  await manager.update(
    ViewerKeysEntity,
    { viewerId: bob },
    { previousKey, previousUntil: now + 60_000 },
  )
  const entry = (seq: number, kind: string, actor: string, subject: string, decision = 'done') => ({
    chainId: id('chain'),
    seq,
    at: now - HOUR + seq,
    kind,
    actor,
    subject,
    decision,
    reason: `reason=${seq}`,
    prevHash: hash(`hash-${seq - 1}`),
    hash: hash(`hash-${seq}`),
  })
  await manager.insert(AuditEntryEntity, [
    entry(1, 'opening', bob, id('share-of-alice'), 'granted'),
    entry(2, 'opening', bob, id('share-of-alice'), 'refused'),
    entry(3, 'person.read', `admin:${id('root')}`, bob),
    entry(4, 'card.create', bob, id('card-of-bob')),
    entry(5, 'card.create', alice, id('card-of-alice')),
  ])
  return { token, me, session }
}
