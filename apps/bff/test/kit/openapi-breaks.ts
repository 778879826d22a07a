/** A part of an OpenAPI document, as far as callers depend on it. */
interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
}
interface Operation {
  readonly requestBody?: Content
  readonly responses?: Readonly<Record<string, Content>>
  readonly parameters?: readonly { name: string; in: string; required?: boolean }[]
}
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

/** Who writes a value: callers may leave out and know less; the service may say more. */
type Direction = 'asked' | 'answered'

/** What of `before` a caller relies on and `after` does not keep. New operations, answers and optional fields break nothing. */
export const breaksOf = (before: ApiDocument, after: ApiDocument): string[] => {
  const breaks: string[] = []
  const inOf = (document: ApiDocument) => (schema: Schema | undefined) =>
    schema?.$ref ? document.components?.schemas?.[schema.$ref.split('/').pop()!] : schema
  const [old, present] = [inOf(before), inOf(after)]

  const compare = (
    where: string,
    a: Schema | undefined,
    b: Schema | undefined,
    how: Direction,
    seen: readonly string[],
  ) => {
    if (a?.$ref && seen.includes(a.$ref)) return
    const trail = a?.$ref ? [...seen, a.$ref] : seen
    const [one, other] = [old(a), present(b)]
    if (!one) return
    if (!other) {
      breaks.push(`${where}: has no form any more`)
      return
    }
    if (one.type !== other.type) breaks.push(`${where}: was ${one.type}, is ${other.type}`)
    if (one.enum && how === 'asked')
      for (const value of one.enum)
        if (other.enum && !other.enum.includes(value)) breaks.push(`${where}: ${value} is refused`)
    const needed = new Set(one.required)
    if (how === 'asked')
      for (const name of other.required ?? [])
        if (!needed.has(name)) breaks.push(`${where}.${name}: must be there now`)
    for (const [name, property] of Object.entries(one.properties ?? {})) {
      const kept = other.properties?.[name]
      if (!kept) breaks.push(`${where}.${name}: is gone`)
      else compare(`${where}.${name}`, property, kept, how, trail)
      if (how === 'answered' && kept && needed.has(name) && !other.required?.includes(name))
        breaks.push(`${where}.${name}: may be missing now`)
    }
    if (one.items) compare(`${where}[]`, one.items, other.items, how, trail)
  }
  const bodies = (
    where: string,
    a: Content | undefined,
    b: Content | undefined,
    how: Direction,
  ) => {
    for (const [type, { schema }] of Object.entries(a?.content ?? {}))
      compare(`${where} ${type}`, schema, b?.content?.[type]?.schema, how, [])
  }

  for (const [place, methods] of Object.entries(before.paths)) {
    for (const [method, one] of Object.entries(methods)) {
      const name = `${method.toUpperCase()} ${place}`
      const other = after.paths[place]?.[method]
      if (!other) {
        breaks.push(`${name}: is gone`)
        continue
      }
      bodies(`${name} asks`, one.requestBody, other.requestBody, 'asked')
      const known = new Set(one.parameters?.map((parameter) => parameter.name))
      for (const parameter of other.parameters ?? [])
        if (parameter.required && !known.has(parameter.name))
          breaks.push(`${name}: asks for ${parameter.name} now`)
      for (const [status, answer] of Object.entries(one.responses ?? {})) {
        if (!other.responses?.[status]) breaks.push(`${name}: does not answer ${status} any more`)
        else bodies(`${name} answers ${status}`, answer, other.responses[status], 'answered')
      }
    }
  }
  return breaks
}
