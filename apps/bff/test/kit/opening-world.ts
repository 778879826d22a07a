import type { Policy } from '@sealcard/protocol'
import { ManualTimers, ManualClock, SeededRandom } from '@sealcard/testing'
import type { DataSource } from 'typeorm'
import { AuditLog } from '../../src/audit/audit-log.js'
import { AuditChainEntity, AuditEntryEntity } from '../../src/audit/audit.entities.js'
import { ChainWriter } from '../../src/audit/chain-writer.js'
import type { Settled } from '../../src/core/concurrency/grouped.js'
import type { Config } from '../../src/core/config/config.js'
import { Vault } from '../../src/core/crypto/vault.js'
import { DAY } from '../../src/core/time.js'
import type { Principal } from '../../src/http/access/principals.js'
import { CardContent } from '../../src/members/cards/card-content.js'
import { CardEntity, CardViewerEntity } from '../../src/members/cards/card.entity.js'
import type { OpeningResult } from '../../src/members/openings/group-judgement.js'
import { GroupReader } from '../../src/members/openings/group-reader.js'
import type { Attempt } from '../../src/members/openings/group-state.js'
import { GroupWriter } from '../../src/members/openings/group-writer.js'
import { OpeningJudge } from '../../src/members/openings/opening-judge.js'
import { OpeningEntity, ProofEntity } from '../../src/members/openings/opening.entity.js'
import type { Evidence } from '../../src/members/openings/proof-verifier.js'
import { SessionEntity } from '../../src/members/sessions/session.entity.js'
import { codeOf } from '../../src/members/sessions/viewer-code.js'
import { ViewerEntity } from '../../src/members/sessions/viewer.entity.js'
import { Metrics } from '../../src/observability/metrics.js'
import { PlatformHealth } from '../../src/platforms/calls/platform-health.js'
import { testConfig, WECHAT } from './config.js'

const silent = { setContext: () => {}, info: () => {}, error: () => {} }

/** Any 22 characters that name one thing. */
export const id = (name: string): string => name.padEnd(22, '_')

/** What a proof shows when nothing is against it. `name` is the proof's, `share` the one it is about. */
export const good = (name: string, card: string): Evidence => ({
  share: { id: id(`share-${card}`), cardId: id(card), verifyUntil: Number.MAX_SAFE_INTEGER },
  ownerId: id('owner'),
  asked: id(`share-${card}`),
  digest: `proof-${name}`,
  formerDigest: `former-${name}`,
  proofGiven: true,
  shareInApp: true,
  proofOpened: true,
  valueMatches: true,
  receiver: 'viewer',
})

/** A proof that no key of the person's opens. */
export const bad = (name: string, card: string): Evidence => ({
  ...good(name, card),
  proofOpened: false,
  valueMatches: false,
})

/** What became of an attempt, in words. */
export const wordOf = ({ value, error }: Settled<OpeningResult>): string => {
  if (!value) return (error as { code?: string }).code ?? (error as Error).message
  return value.kind === 'refused' ? value.reason : value.kind
}

/** The openings of a service over a migrated database, with people and cards that a test names. No proof is decrypted. */
export class OpeningWorld {
  readonly clock = new ManualClock()
  readonly config: Config
  readonly vault: Vault
  readonly content: CardContent
  readonly metrics: Metrics
  readonly audit: AuditLog
  readonly judge: OpeningJudge

  constructor(
    readonly storage: DataSource,
    limits: Partial<Config['limits']> = {},
    seed = 'openings',
  ) {
    const config = testConfig(':memory:')
    this.config = { ...config, limits: { ...config.limits, ...limits } }
    this.vault = new Vault(config.keyring)
    this.content = new CardContent(this.vault, silent as never)
    const chain = new ChainWriter(storage, this.vault, silent, new SeededRandom(`chain ${seed}`))
    this.metrics = new Metrics(new PlatformHealth(this.clock, []))
    this.audit = new AuditLog(storage, chain, this.clock, new ManualTimers(), this.metrics)
    this.judge = new OpeningJudge(
      this.audit,
      new GroupReader(storage),
      new GroupWriter(storage),
      this.content,
      this.config,
      this.clock,
      new SeededRandom(`ids ${seed}`),
      this.metrics,
    )
  }

  /** A person, with one session of the same name. */
  async person(name: string, sessions: readonly string[] = [name]): Promise<void> {
    const now = this.clock.now()
    const viewer = { id: id(name), appId: WECHAT, lookup: name, sealedKey: '-', createdAt: now }
    await this.storage.manager.insert(ViewerEntity, {
      ...viewer,
      code: codeOf(id(name)),
      seenAt: now,
    })
    for (const session of sessions)
      await this.storage.manager.insert(SessionEntity, {
        id: id(session),
        tokenHash: session,
        viewerId: id(name),
        appId: WECHAT,
        createdAt: now,
        expiresAt: now + 3 * DAY,
        endedAt: null,
      })
  }

  async card(name: string, policy: Policy = {}, more: Partial<CardEntity> = {}): Promise<void> {
    const content = { title: name, body: `The secret of ${name}` }
    await this.storage.manager.insert(CardEntity, {
      id: id(name),
      ownerId: id('owner'),
      appId: WECHAT,
      ...this.content.seal(id(name), content),
      policy,
      createdAt: this.clock.now(),
      expiresAt: null,
      revokedAt: null,
      viewerCount: 0,
      openCount: 0,
      refusedCount: 0,
      firstOpenedAt: null,
      lastOpenedAt: null,
      shareLease: null,
      shareLeaseUntil: null,
      ...more,
    })
  }

  me(name: string, session = name): Principal {
    const [app] = this.config.apps
    if (!app) throw new TypeError('no app')
    const own = { sessionId: id(session), kind: 'app', expiresAt: Number.MAX_SAFE_INTEGER } as const
    return { ...own, viewerId: id(name), app, network: '203.0.113.0/24' }
  }

  attempt(name: string, evidence: Evidence, session = name): Attempt {
    return { me: this.me(name, session), evidence }
  }

  /** As one group. @returns what became of each, in words */
  async words(...group: Attempt[]): Promise<string[]> {
    return (await this.judge.judgeGroup(group)).map(wordOf)
  }

  /** All that openings write, each table in one order; what is sealed is sealed anew each time, and left out. */
  async rows() {
    const { manager } = this.storage
    const cards = await manager.find(CardEntity, { order: { id: 'ASC' } })
    const chains = await manager.find(AuditChainEntity)
    return {
      openings: await manager.find(OpeningEntity, { order: { id: 'ASC' } }),
      proofs: await manager.find(ProofEntity, { order: { digest: 'ASC' } }),
      views: await manager.find(CardViewerEntity, { order: { cardId: 'ASC', viewerId: 'ASC' } }),
      cards: cards.map(
        ({
          sealedTitle: _title,
          sealedBody: _body,
          sealedReference: _reference,
          sealedData: _data,
          ...card
        }) => card,
      ),
      sessions: await manager.find(SessionEntity, { order: { id: 'ASC' } }),
      viewers: await manager.find(ViewerEntity, { order: { id: 'ASC' } }),
      audit: await manager.find(AuditEntryEntity, { order: { seq: 'ASC' } }),
      chains: chains.map(({ sealedKey: _key, ...chain }) => chain),
    }
  }
}
