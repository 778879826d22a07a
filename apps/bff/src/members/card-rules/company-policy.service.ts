import { Injectable, type OnModuleInit } from '@nestjs/common'
import type {
  CardRules,
  ChangePolicy,
  CompanyPolicy,
  MemberPolicy,
  Policy,
} from '@sealcard/protocol'
import { DataSource, type EntityManager } from 'typeorm'
import { ApiError, inputError } from '../../core/errors/api-error.js'
import { DAY, MINUTE, wireTime } from '../../core/time.js'
import { isUniqueViolation } from '../../database/storage-error.js'
import type { Principal } from '../../http/access/principals.js'
import { CardMakerEntity, CompanyPolicyEntity } from './company-policy.entity.js'

/** A client counts the longest life from its own clock: a little more is cut off rather than refused. */
const CLOCKS_APART_MS = 10 * MINUTE

/**
 * A card's policy as the company allows it: what is forced is set, what was left open gets the limit.
 * @param now when the card is made, milliseconds UTC @throws ApiError ERR_INPUT naming the field that asks for more than is allowed
 */
const underRules = (rules: CardRules, asked: Policy, now: number): Policy => {
  const expiresAt = latestEnd(rules, asked, now)
  if (rules.noCopy && asked.allowCopy) {
    throw inputError('policy.allowCopy', "the company's policy allows no copying")
  }
  const maxViewers = limit('maxViewers', rules.maxViewers, asked.maxViewers)
  const maxOpensPerViewer = limit(
    'maxOpensPerViewer',
    rules.maxOpensPerViewer,
    asked.maxOpensPerViewer,
  )
  return {
    ...asked,
    ...(expiresAt !== undefined && { expiresAt }),
    ...(maxViewers !== undefined && { maxViewers }),
    ...(maxOpensPerViewer !== undefined && { maxOpensPerViewer }),
    ...(rules.watermark && { watermark: true }),
  }
}

/**
 * A card's policy after a change. What is changed obeys the rules of today, counted from when the card was made; what is
 * removed gets the limit. The rest stays, also where the rules have become stricter since.
 */
const changedUnderRules = (
  rules: CardRules,
  { policy, createdAt }: ChangedCard,
  asked: ChangePolicy,
): Policy => {
  const set = Object.entries(asked).filter(([, value]) => value !== null)
  const allowed = underRules(rules, Object.fromEntries(set), createdAt)
  const left = Object.entries(policy).filter(
    ([field]) => !(field in asked) && !(field === 'allowCopy' && rules.noCopy),
  )
  const taken = Object.entries(allowed).filter(
    ([field]) => field in asked || (field === 'watermark' && rules.watermark),
  )
  return Object.fromEntries([...left, ...taken])
}

interface ChangedCard {
  readonly appId: string
  readonly policy: Policy
  /** Milliseconds UTC. */
  readonly createdAt: number
}

const latestEnd = ({ maxLifeDays }: CardRules, { expiresAt }: Policy, now: number) => {
  if (maxLifeDays === undefined) return expiresAt
  const latest = now + maxLifeDays * DAY
  if (expiresAt === undefined) return wireTime(latest)
  const asked = Date.parse(expiresAt)
  if (asked <= latest) return expiresAt
  if (asked <= latest + CLOCKS_APART_MS) return wireTime(latest)
  const days = maxLifeDays === 1 ? '1 day' : `${maxLifeDays} days`
  throw inputError('policy.expiresAt', `the company's policy allows at most ${days}`)
}

const limit = (field: string, most: number | undefined, asked: number | undefined) => {
  if (most === undefined || asked === undefined) return asked ?? most
  if (asked > most)
    throw inputError(`policy.${field}`, `the company's policy allows at most ${most}`)
  return asked
}

/** The policy's one row. */
export const POLICY_ID = 'company'

/** What the company allows for new cards. */
@Injectable()
export class CompanyPolicyService implements OnModuleInit {
  constructor(private readonly storage: DataSource) {}

  /** The row exists from the start. Making a card locks it, so that a change of the rules waits for cards under way. */
  async onModuleInit(): Promise<void> {
    const { manager } = this.storage
    if (await manager.existsBy(CompanyPolicyEntity, { id: POLICY_ID })) return
    const rules = { default: {}, apps: {} }
    const row = { id: POLICY_ID, version: 0, rules, changedAt: 0, changedBy: '' }
    await manager.insert(CompanyPolicyEntity, row).catch((error: unknown) => {
      if (!isUniqueViolation(error)) throw error
    })
  }

  /** The policy of a new card of this member. @throws ApiError ERR_FORBIDDEN, ERR_INPUT */
  async apply(
    manager: EntityManager,
    { viewerId, app }: Principal,
    asked: Policy,
    now: number,
  ): Promise<Policy> {
    const rules = await this.rules(manager, app.id)
    if (!(await mayMake(manager, rules, viewerId))) throw new ApiError('ERR_FORBIDDEN')
    return underRules(rules, asked, now)
  }

  /** The policy of a member's card after a change. @throws ApiError ERR_INPUT */
  async change(manager: EntityManager, card: ChangedCard, asked: ChangePolicy): Promise<Policy> {
    return changedUnderRules(await this.rules(manager, card.appId), card, asked)
  }

  /** @throws ApiError ERR_FORBIDDEN for a member who may make no cards */
  async refuseOthers(manager: EntityManager, { viewerId, app }: Principal): Promise<void> {
    const rules = await this.rules(manager, app.id)
    if (!(await mayMake(manager, rules, viewerId))) throw new ApiError('ERR_FORBIDDEN')
  }

  /** What holds in an app until the transaction ends. */
  async rules(manager: EntityManager, appId: string): Promise<CardRules> {
    const { rules } = await manager.findOneOrFail(CompanyPolicyEntity, {
      where: { id: POLICY_ID },
      // SQLite has one writer at a time anyway.
      ...(manager.dataSource.options.type === 'postgres' && {
        lock: { mode: 'pessimistic_read' as const },
      }),
    })
    return rulesOf(rules, appId)
  }

  async read(manager: EntityManager = this.storage.manager): Promise<CompanyPolicy> {
    const row = await manager.findOneByOrFail(CompanyPolicyEntity, { id: POLICY_ID })
    const makers = await manager.find(CardMakerEntity, { order: { viewerId: 'ASC' } })
    const set = row.version > 0
    return {
      ...row.rules,
      version: row.version,
      makers: makers.map(({ viewerId }) => viewerId),
      changedAt: set ? wireTime(row.changedAt) : null,
      changedBy: set ? row.changedBy : null,
    }
  }

  /** As the member sees it: without the other people who may make cards. */
  async forMember({ viewerId, app }: Principal): Promise<MemberPolicy> {
    const { manager } = this.storage
    const row = await manager.findOneByOrFail(CompanyPolicyEntity, { id: POLICY_ID })
    const rules = rulesOf(row.rules, app.id)
    const { mayMake: _, watermark = false, ...limits } = rules
    return { mayMakeCards: await mayMake(manager, rules, viewerId), watermark, ...limits }
  }
}

const rulesOf = ({ default: common, apps }: CompanyPolicyEntity['rules'], appId: string) =>
  Object.hasOwn(apps, appId) ? (apps[appId] ?? common) : common

const mayMake = async (
  manager: EntityManager,
  { mayMake: who = 'everyone' }: CardRules,
  viewerId: string,
) => {
  if (who === 'listed') return manager.existsBy(CardMakerEntity, { viewerId })
  return who === 'everyone'
}
