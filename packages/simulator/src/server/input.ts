import type { z } from 'zod'
import { WorldProblem } from '../world/problem.js'

/** Takes a request's JSON body or query apart; mistakes name the field. */
export const parsed = <T extends z.ZodType>(schema: T, value: unknown): z.output<T> => {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues.map((issue) => ({
    path: [...issue.path, ...('keys' in issue ? [issue.keys.join(',')] : [])].join('.'),
    message: issue.message,
  }))
  const text = issues.map(({ path, message }) => `${path || 'body'}: ${message}`).join('; ')
  throw new WorldProblem('bad_input', text, issues)
}

/** Bodies arrive as text, whatever their Content-Type says. */
export const json = (body: unknown): unknown => {
  if (typeof body !== 'string' || body === '') return {}
  try {
    return JSON.parse(body) as unknown
  } catch {
    throw new WorldProblem('bad_input', 'The body is not JSON.', [
      { path: '', message: 'is not JSON' },
    ])
  }
}
