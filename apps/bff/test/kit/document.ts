import type { TestApp } from './test-app.js'

interface Schema {
  readonly $ref?: string
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
}

interface Parameter {
  readonly in: string
  readonly name: string
  readonly required?: boolean
  readonly schema: Schema
}

/** An operation of the API's document, as far as a request of it is made from that. */
export interface Operation {
  readonly method: string
  readonly path: string
  /** `GET /v1/admin/cards/{cardId}` */
  readonly name: string
  readonly parameters: readonly Parameter[]
  /** The fields of its body; none without one. */
  readonly fields: Readonly<Record<string, Schema>>
  /** The media types of its good answers. */
  readonly types: readonly string[]
}

interface Documented {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> }
  readonly responses: Record<string, { readonly content?: Record<string, unknown> }>
}

/** Every operation of `/openapi.json` below a path, in its order. */
export const documented = async (app: TestApp, below: string): Promise<Operation[]> => {
  const { body } = await app.call('GET', '/openapi.json')
  const paths: Record<string, Record<string, Documented>> = body.paths
  const schemas: Record<string, Schema> = body.components.schemas
  const resolved = (schema: Schema | undefined): Schema | undefined =>
    schema?.$ref === undefined ? schema : schemas[schema.$ref.split('/').at(-1) ?? '']
  return Object.entries(paths)
    .filter(([path]) => path.startsWith(below))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([lower, { parameters = [], requestBody, responses }]) => {
        const method = lower.toUpperCase()
        const fields = resolved(requestBody?.content['application/json']?.schema)?.properties ?? {}
        const types = Object.entries(responses).flatMap(([status, { content = {} }]) =>
          status.startsWith('2') ? Object.keys(content) : [],
        )
        return { method, path, name: `${method} ${path}`, parameters, fields, types }
      }),
    )
}

/** What fills a place of that name; a function is asked for each request. */
export type Fillings = Readonly<Record<string, unknown>>

const filling = (fillings: Fillings, what: string, names: readonly string[]): unknown => {
  const name = names.find((one) => one in fillings)
  if (name === undefined) throw new Error(`how is ${what} to be filled? Tell it in this test`)
  const value = fillings[name]
  return typeof value === 'function' ? value() : value
}

/**
 * The path, its `{places}` filled.
 * @throws Error naming a place that `fillings` does not know: by the operation, by what stands before it and its name,
 * or by its name alone
 */
export const filledPath = async (
  { name, path }: Operation,
  fillings: Fillings,
): Promise<string> => {
  let filled = ''
  for (const part of path.split('/').slice(1)) {
    const place = /^\{(\w+)\}$/.exec(part)?.[1]
    const before = filled.split('/').at(-1) ?? ''
    const names = [`${name} ${place}`, `${before}/${place}`, `${place}`]
    const value =
      place === undefined ? part : await filling(fillings, `{${place}} of ${name}`, names)
    filled += `/${encodeURIComponent(String(value))}`
  }
  return filled
}

/**
 * No query, and then each parameter by itself, with each of its values where the document counts them up. The parameters
 * that the operation needs go with each.
 */
export const queriesOf = async (
  { name, parameters }: Operation,
  fillings: Fillings,
): Promise<string[]> => {
  const asked = parameters.filter((parameter) => parameter.in === 'query')
  const valuesOf = async (one: Parameter): Promise<readonly unknown[]> =>
    one.schema.enum ?? [
      await filling(fillings, `the query's ${one.name} of ${name}`, [
        `${name} ?${one.name}`,
        `?${one.name}`,
      ]),
    ]
  const needed: [string, string][] = []
  for (const one of asked.filter(({ required }) => required)) {
    const [value] = await valuesOf(one)
    needed.push([one.name, String(value)])
  }
  const queries = [needed]
  for (const one of asked)
    for (const value of await valuesOf(one))
      queries.push([...needed.filter(([known]) => known !== one.name), [one.name, String(value)]])
  return queries.map((pairs) => (pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`))
}

/** A body with every field; undefined where the operation takes none. */
export const bodyOf = async ({ name, fields }: Operation, fillings: Fillings): Promise<unknown> => {
  const names = Object.keys(fields)
  if (names.length === 0) return undefined
  const values: [string, unknown][] = []
  for (const field of names) {
    const known = [`${name} .${field}`, `.${field}`]
    values.push([field, await filling(fillings, `the field ${field} of ${name}`, known)])
  }
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}
