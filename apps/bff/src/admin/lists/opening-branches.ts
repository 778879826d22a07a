import type { OpeningDecision } from '@sealcard/protocol'
import { besides, type Branch, type Parameters } from './keyset.js'
import { type TimeRange, within } from './time-range.js'

export interface OpeningConditions extends TimeRange {
  readonly card?: string | undefined
  readonly viewer?: string | undefined
  readonly decision?: OpeningDecision | undefined
}

const DECISIONS: readonly OpeningDecision[] = ['granted', 'refused', 'rejected']

/**
 * The indexes of a card's and of a viewer's openings name the decision before the time; the list of all decisions is
 * theirs merged.
 */
export function openingBranches(conditions: OpeningConditions): {
  branches: Branch[]
  parameters: Parameters
} {
  const { card, viewer, decision, from, to } = conditions
  const { index, where } = narrowed(conditions)
  const range = within('at', conditions)
  const of = (one: OpeningDecision): Branch => ({
    index: index ?? 'ix_openings_outcome',
    where: [...where, `outcome = '${one}'`, ...range],
  })
  const whole = { index: 'ix_openings_order', where: range }
  return {
    branches: decision !== undefined ? [of(decision)] : index ? DECISIONS.map(of) : [whole],
    parameters: {
      ...(viewer !== undefined && { viewer }),
      ...(card !== undefined && { card }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    },
  }
}

/** Of a card's openings by one viewer, the viewer's are the fewer. */
function narrowed({ card, viewer }: OpeningConditions): { index?: string; where: string[] } {
  if (viewer !== undefined) {
    const where = [
      'viewer_id = :viewer',
      ...(card === undefined ? [] : [besides('card_id', 'card')]),
    ]
    return { index: 'ix_openings_of_viewer', where }
  }
  if (card !== undefined) return { index: 'ix_openings_of_card', where: ['card_id = :card'] }
  return { where: [] }
}
