import { Injectable, StandardSchemaValidationPipe } from '@nestjs/common'
import { z } from 'zod'
import { ApiError, type Issue } from '../../core/errors/api-error.js'

/** At most this many issues are answered: a hostile body can have thousands. */
const MAX_ISSUES = 20

/** What Zod and every other Standard Schema say of a value they refuse; `keys` is Zod's list of unknown fields. */
interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
  readonly keys?: unknown
}

/** Judges a parameter by its schema; what fails is ERR_INPUT with the field's name. */
@Injectable()
export class SchemaPipe extends StandardSchemaValidationPipe {
  constructor(whole: string) {
    super({ exceptionFactory: (issues) => inputFailure(issues, whole) })
  }

  /** Nest would drop such keys in silence; here they are unknown fields, hence refused. */
  protected override stripProtoKeys(): void {}
}

/** `@Body(valid(CreateCard))`. @param whole the path of an issue with the value as a whole */
export const valid = (schema: z.ZodType, whole = 'body') => ({
  schema,
  pipes: [new SchemaPipe(whole)],
})

/** For a value that is no parameter of Nest's, such as one header. @throws ApiError ERR_INPUT naming `path` */
export const check = <T>(schema: z.ZodType<T>, value: unknown, path: string): T => {
  const result = schema.safeParse(value)
  if (!result.success) throw inputFailure(result.error.issues, path)
  return result.data
}

const inputFailure = (issues: readonly SchemaIssue[], whole: string) =>
  new ApiError('ERR_INPUT', {
    issues: issues.flatMap((issue) => named(issue, whole)).slice(0, MAX_ISSUES),
  })

/** An unrecognised key is reported on its parent; the client wants to read the key itself. */
const named = ({ message, path = [], keys }: SchemaIssue, whole: string): Issue[] => {
  const parents = path.map((part) => String(typeof part === 'object' ? part.key : part))
  if (Array.isArray(keys)) {
    return keys.map((key) => ({
      path: clip([...parents, nameOf(String(key))].join('.')),
      message: 'unknown field',
    }))
  }
  return [{ path: clip(parents.join('.')) || whole, message: clip(message) }]
}

/** A refusal names a field only if the name is a word. It never repeats a token or a code in a name's place. */
const nameOf = (key: string) => (/^[A-Za-z_-]{1,40}\d{0,2}$/.test(key) ? key : '(not a name)')

/** @param path keys, and places in arrays */
export const nameOfPath = (path: readonly (string | number)[]) =>
  clip(path.map((part) => (typeof part === 'number' ? `${part}` : nameOf(part))).join('.'))

/** Limits how much of the client's text a refusal repeats. */
const clip = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text)

/** The body of a call that takes none: nothing at all, or `{}`, which some clients send by themselves. */
export const NoBody = z.strictObject({}).optional()
export type NoBody = z.infer<typeof NoBody>
