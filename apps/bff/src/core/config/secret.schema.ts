import { z } from 'zod'
import { describeText, isQuoted } from './config-text.js'
import { Secret } from './secret.js'

/** What the config file's schema needs to know about its surroundings. */
export interface SchemaContext {
  env: Record<string, string | undefined>
  /** The bytes of a file. Absent: none can be read. @throws the system's error */
  readFile?: (path: string) => Uint8Array
  /** A secret stands in the file itself. */
  inClear?: () => void
}

/** A string, `{ "env": NAME }` or `{ "file": PATH }`. Messages name the variable or the file, never the value. */
export const secret = ({ env, inClear, readFile }: SchemaContext, form: RegExp, what: string) =>
  z
    .union(
      [
        z.string(),
        z.strictObject({ env: z.string().min(1) }),
        z.strictObject({ file: z.string().min(1) }),
      ],
      { error: 'must be a string, { "env": NAME } or { "file": PATH }' },
    )
    .transform((value, ctx) => {
      if (typeof value === 'string') inClear?.()
      const { text, from, missing } = readSecret(value, env, readFile)
      const issue = (message: string): never => {
        ctx.addIssue({ code: 'custom', message: `${from}${message}` })
        return z.NEVER
      }
      if (text === undefined) return issue(missing)
      if (isQuoted(text) || !form.test(text)) return issue(`${what}: it ${describeText(text)}`)
      return new Secret(text)
    })

interface Source {
  readonly text: string | undefined
  /** Where it comes from, before a message. */
  readonly from: string
  readonly missing: string
}

const readSecret = (
  value: string | { env: string } | { file: string },
  env: SchemaContext['env'],
  readFile: SchemaContext['readFile'],
): Source => {
  if (typeof value === 'string') return { text: value, from: '', missing: '' }
  if ('env' in value)
    return {
      text: env[value.env],
      from: `environment variable ${value.env} `,
      missing: 'is not set',
    }
  const text = readFile && secretOfFile(value.file, readFile)
  const from = `file ${value.file} `
  if (typeof text !== 'object') return { text, from, missing: "can't be read" }
  return { text: undefined, from, missing: `can't be read (${text.code})` }
}

/** Without the line end that editors and `echo` leave. @returns the system's code when the file can't be read */
export const secretOfFile = (
  path: string,
  readFile: (path: string) => Uint8Array,
): string | { code: string } => {
  try {
    return Buffer.from(readFile(path))
      .toString('utf8')
      .replace(/[\r\n]+$/, '')
  } catch (error) {
    return { code: String((error as { code?: unknown }).code) }
  }
}
