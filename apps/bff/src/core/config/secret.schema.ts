import { z } from 'zod'
import { describeText, isQuoted } from './config-text.js'
import { Secret } from './secret.js'

/** What the config file's schema needs to know about its surroundings. */
export interface SchemaContext {
  env: Record<string, string | undefined>
  /** A secret stands in the file itself. */
  inClear?: () => void
}

/** A string, or `{ "env": NAME }`. Messages name the variable, never the value. */
export const secret = ({ env, inClear }: SchemaContext, form: RegExp, what: string) =>
  z
    .union([z.string(), z.strictObject({ env: z.string().min(1) })], {
      error: 'must be a string or { "env": NAME }',
    })
    .transform((value, ctx) => {
      if (typeof value === 'string') inClear?.()
      const text = typeof value === 'string' ? value : env[value.env]
      const from = typeof value === 'string' ? '' : `environment variable ${value.env} `
      const issue = (message: string): never => {
        ctx.addIssue({ code: 'custom', message: `${from}${message}` })
        return z.NEVER
      }
      if (text === undefined) return issue('is not set')
      if (isQuoted(text) || !form.test(text)) return issue(`${what}: it ${describeText(text)}`)
      return new Secret(text)
    })
