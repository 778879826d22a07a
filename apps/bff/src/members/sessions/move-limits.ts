import type { EntityManager } from 'typeorm'

/** Whose rows, whose they become, and when, in ms UTC. */
export interface LimitMove {
  readonly from: string
  readonly to: string
  readonly now: number
}

/** Moves what limits count from one id to another. It lies with openings, which come after sessions. */
export type MoveLimits = (manager: EntityManager, move: LimitMove) => Promise<void>

/** Injection token of `MoveLimits`. */
export const MOVE_LIMITS = Symbol('MoveLimits')
