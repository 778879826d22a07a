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

/** Of both, the card's openings are the fewer: a card is opened for some days, a viewer opens cards for months. */
function narrowed({ card, viewer }: OpeningConditions): { index?: string; where: string[] } {
  if (card !== undefined) {
    const where = [
      'card_id = :card',
      ...(viewer === undefined ? [] : [besides('viewer_id', 'viewer')]),
    ]
    return { index: 'ix_openings_of_card', where }
  }
  if (viewer !== undefined)
    return { index: 'ix_openings_of_viewer', where: ['viewer_id = :viewer'] }
  return { where: [] }
}
