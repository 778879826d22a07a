import type { z } from 'zod'
import type { Complaint, Json } from '../world/bot-types.js'
import { complaint } from './fault.js'

export interface Findings {
  complaints: Complaint[]
  notes: Complaint[]
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Fields of a card are the contract's 5.7, all others 5.6 (or `clause`). */
const clauseOf = (path: string, clause: string): string =>
  path.startsWith('template_card.') ? '5.7' : clause

/**
 * An undocumented field is a note: the platform may know more than its public pages. Everything else is a complaint.
 * The check removes unknown fields and judges the rest again, because they would hide what rules across fields find.
 */
export const check = (schema: z.ZodType, value: Json, clause: string): Findings => {
  const rest = structuredClone(value)
  const notes: Complaint[] = []
  for (const issue of schema.safeParse(rest).error?.issues ?? []) {
    if (issue.code !== 'unrecognized_keys') continue
    for (const key of issue.keys) {
      const path = [...issue.path, key].join('.')
      notes.push(complaint(clauseOf(path, clause), path, 'is not documented'))
      drop(rest, issue.path, key)
    }
  }
  const complaints = (schema.safeParse(rest).error?.issues ?? []).map((issue) => {
    const path = issue.path.join('.')
    return complaint(clauseOf(path, clause), path, inWords(issue, path, rest))
  })
  return { complaints, notes }
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Json | undefined)?.[key as string], value)

const drop = (value: Json, path: readonly PropertyKey[], key: string): void => {
  const owner = at(value, path)
  if (isObject(owner)) delete owner[key]
}

const inWords = (issue: z.core.$ZodIssue, path: string, value: Json): string => {
  const missing = path !== '' && at(value, issue.path) === undefined
  if (missing && issue.code !== 'custom') return 'is required'
  if (issue.code === 'invalid_type') return `must be ${issue.expected}`
  if (issue.code === 'invalid_value') return `must be ${issue.values.join(' or ')}`
  if (issue.code === 'invalid_union') return 'is not one of the five kinds of card'
  return issue.message
}
