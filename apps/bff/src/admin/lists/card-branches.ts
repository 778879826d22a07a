import type { CardStatus } from '@sealcard/protocol'
import { besides, type Branch, type Parameters } from './keyset.js'

export interface CardConditions {
  readonly app?: string | undefined
  readonly owner?: string | undefined
  readonly status?: CardStatus | undefined
  /** One card. */
  readonly id?: string | undefined
}

const ENDLESS = 'revoked_at IS NULL AND expires_at IS NULL'
const TIMED = 'revoked_at IS NULL AND expires_at IS NOT NULL'

/** The end of an index's name, and what it holds: as `statusOf` has it, written as the partial indexes are. */
const STATUS: Record<CardStatus, readonly (readonly [string, string])[]> = {
  active: [
    ['endless', ENDLESS],
    ['timed', `${TIMED} AND expires_at > :now`],
  ],
  expired: [['timed', `${TIMED} AND expires_at <= :now`]],
  revoked: [['revoked', 'revoked_at IS NOT NULL']],
}

/** @param now milliseconds UTC */
export function cardBranches(
  conditions: CardConditions,
  now: number,
): { branches: Branch[]; parameters: Parameters } {
  const { app, owner, status, id } = conditions
  const { index, where } = narrowed(conditions)
  const branches =
    status === undefined
      ? [{ index: index ?? (app === undefined ? 'ix_cards_created' : 'ix_cards_app'), where }]
      : STATUS[status].map(([part, condition]) => ({
          index: index ?? (app === undefined ? `ix_cards_${part}` : `ix_cards_app_${part}`),
          where: [...where, condition],
        }))
  return {
    branches,
    parameters: {
      ...(id !== undefined && { card: id }),
      ...(owner !== undefined && { owner }),
      ...(app !== undefined && { app }),
      ...((status === 'active' || status === 'expired') && { now }),
    },
  }
}

/** One card, or one person's: whatever else is asked, those are few, and have an index of their own. */
function narrowed({ app, owner, id }: CardConditions): { index?: string; where: string[] } {
  if (id !== undefined) {
    return {
      index: '',
      where: [
        'id = :card',
        ...(owner === undefined ? [] : [besides('owner_id', 'owner')]),
        ...(app === undefined ? [] : [besides('app_id', 'app')]),
      ],
    }
  }
  if (owner !== undefined) {
    const where = ['owner_id = :owner', ...(app === undefined ? [] : [besides('app_id', 'app')])]
    return { index: 'ix_cards_owner', where }
  }
  return { where: app === undefined ? [] : ['app_id = :app'] }
}
