import { Injectable, StandardSchemaValidationPipe } from '@nestjs/common'
import type { StandardSchemaV1 } from '@standard-schema/spec'
import { ApiError, type Issue } from './api-error.js'

/** At most this many issues are answered: a hostile body can have thousands. */
const MAX_ISSUES = 20

/** Judges a parameter by its schema; what fails is ERR_INPUT with the field's name. */
@Injectable()
export class SchemaPipe extends StandardSchemaValidationPipe {
  constructor(fallback: string) {
    super({ exceptionFactory: (issues) => inputFailure(issues, fallback) })
  }

  /** Nest would drop such keys in silence; here they are unknown fields, hence refused. */
  protected override stripProtoKeys(): void {}
}

/** `@Body(valid(CreateCard))`. @param fallback the path of an issue with the whole value */
export const valid = (schema: StandardSchemaV1, fallback = 'body') => ({
  schema,
  pipes: [new SchemaPipe(fallback)],
})

/** For parameters that are one value, such as a header. */
export const check = <T>(schema: StandardSchemaV1<unknown, T>, value: unknown, path: string): T => {
  const result = schema['~standard'].validate(value)
  if (result instanceof Promise) throw new TypeError('schemas at the edge are synchronous')
  if (result.issues) throw inputFailure(result.issues, path)
  return result.value
}

export const inputFailure = (issues: readonly StandardSchemaV1.Issue[], fallback: string) =>
  new ApiError('ERR_INPUT', {
    issues: issues.flatMap((issue) => named(issue, fallback)).slice(0, MAX_ISSUES),
  })

/** An unrecognised key is reported on its parent; the client wants to read the key itself. */
function named(issue: StandardSchemaV1.Issue, fallback: string): Issue[] {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part))
  const { keys } = issue as { keys?: unknown }
  if (Array.isArray(keys)) {
    return keys.map((key) => ({
      path: clip([...path, String(key)].join('.')),
      message: 'unknown field',
    }))
  }
  return [{ path: clip(path.join('.')) || fallback, message: clip(issue.message) }]
}

/** What a client sent comes back only so far. */
const clip = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text)
