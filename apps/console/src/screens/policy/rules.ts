import type { CardRules, CompanyPolicy, CompanyRules } from '@sealcard/protocol'

export const FIELDS = [
  'maxLifeDays',
  'maxViewers',
  'maxOpensPerViewer',
  'watermark',
  'noCopy',
  'mayMake',
] as const
export type RuleField = (typeof FIELDS)[number]

/** What an administrator edits: the rules, and the ids of the people on the list. */
export interface Draft extends CompanyRules {
  makers: string[]
}

export const draftOf = ({ default: common, apps, makers }: CompanyPolicy): Draft => ({
  default: common,
  apps,
  makers,
})

/** One difference between two policies. Undefined: no rule. */
export type Difference = {
  /** Undefined: the rules for all apps. */
  app?: string
} & (
  | { kind: 'rule'; field: RuleField; from: CardRules[RuleField]; to: CardRules[RuleField] }
  | { kind: 'own'; from: boolean; to: boolean }
  | { kind: 'makers'; from: number; to: number; added: number; removed: number }
)

const ofRules = (from: CardRules, to: CardRules, app?: string): Difference[] =>
  FIELDS.flatMap((field) => {
    // A flag that is off is no rule.
    const [before, after] = [from[field] || undefined, to[field] || undefined]
    const where = app === undefined ? {} : { app }
    return before === after ? [] : [{ ...where, kind: 'rule', field, from: before, to: after }]
  })

/** What changes between two sets of rules: first those for all apps, then app by app. */
export const differences = (from: CompanyRules, to: CompanyRules): Difference[] => {
  const apps = [...new Set([...Object.keys(from.apps), ...Object.keys(to.apps)])].sort()
  const ofApps = apps.flatMap((app): Difference[] => {
    const [before, after] = [from.apps[app], to.apps[app]]
    const own: Difference[] =
      (before === undefined) === (after === undefined)
        ? []
        : [{ app, kind: 'own', from: before !== undefined, to: after !== undefined }]
    return [...own, ...ofRules(before ?? {}, after ?? {}, app)]
  })
  return [...ofRules(from.default, to.default), ...ofApps]
}

export const makersDifference = (from: readonly string[], to: readonly string[]): Difference[] => {
  const added = to.filter((id) => !from.includes(id)).length
  const removed = from.filter((id) => !to.includes(id)).length
  if (added + removed === 0) return []
  return [{ kind: 'makers', from: from.length, to: to.length, added, removed }]
}

export const draftDifferences = (from: Draft, to: Draft): Difference[] => [
  ...differences(from, to),
  ...makersDifference(from.makers, to.makers),
]

/** The rules without those that say nothing. */
export const withRule = (
  rules: CardRules,
  change: Partial<Record<RuleField, unknown>>,
): CardRules =>
  Object.fromEntries(
    Object.entries({ ...rules, ...change }).filter(
      ([, value]) => value !== undefined && value !== null && value !== false,
    ),
  )
