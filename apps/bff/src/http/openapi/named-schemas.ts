import * as protocol from '@sealcard/protocol'
import { z } from 'zod'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** One text for equal values, whatever the order of their fields. */
const canonical = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join()}}`
}

const documentOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _, ...document } = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io,
    unrepresentable: 'any',
  })
  return document as Json
}

/** Worth a name: it has fields of its own. */
const hasFields = (document: Json): boolean =>
  /"(properties|oneOf|anyOf)":/.test(JSON.stringify(document))

/** The names of the schemas of packages/protocol, by what they say. What is sent may differ from what is understood. */
const names = (): Map<string, { readonly name: string; readonly document: Json }> => {
  const known = new Map<string, { readonly name: string; readonly document: Json }>()
  for (const [name, schema] of Object.entries(protocol)) {
    if (!(schema instanceof z.ZodType)) continue
    const [output, input] = [documentOf(schema, 'output'), documentOf(schema, 'input')]
    const both = [
      { name, document: output },
      { name: `${name}Input`, document: input },
    ]
    for (const one of both) {
      const text = canonical(one.document)
      if (hasFields(one.document) && !known.has(text)) known.set(text, one)
    }
  }
  return known
}

/** Replaces each schema of packages/protocol by its name. @returns the paths, and the named schemas that they use */
export const withNamedSchemas = <T>(paths: T): { paths: T; schemas: Record<string, object> } => {
  const known = names()
  const schemas: Record<string, object> = {}
  const fields = (value: object): Json =>
    Object.fromEntries(Object.entries(value).map(([name, one]) => [name, named(one as Json)]))
  const named = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(named)
    if (value === null || typeof value !== 'object') return value
    const found = known.get(canonical(value))
    if (!found) return fields(value)
    schemas[found.name] ??= fields(found.document as object) as object
    return { $ref: `#/components/schemas/${found.name}` }
  }
  return { paths: fields(paths as object) as T, schemas }
}
