import type { DataSource } from 'typeorm'

/**
 * How long a column's value may stay. The retention job and the data map read these; add one here rather than
 * inventing a word at a column.
 */
export const retentions = {
  service: 'as long as the service runs; nothing about a person',
  token: 'until the access token is replaced',
  session: 'until 3 days after the session ended',
  sessionKey:
    'a key: until replaced, or 5 minutes after as the previous one, at most 3 days after the session ended',
  content: 'within 24 hours of expiry or revocation',
  card: 'until the card and its openings are gone',
  share: 'until 30 days after the verify window closed',
  opening: '180 days',
  audit: '180 days, then outside the service as exported',
  proof: 'as long as a replay of the proof could still be accepted',
  idempotency: '48 hours',
  viewer: 'until the person is erased',
} as const

export type Retention = keyof typeof retentions

export interface ColumnTag {
  /** Why it is stored, as a person asking for their data would be told. */
  purpose: string
  /** Whether it says something about a person, by itself or through its row. */
  personal: boolean
  until: Retention
}

const tags = new Map<object, Map<string, ColumnTag>>()

/** Tags a column with its purpose and retention. Every column needs one; a test refuses an untagged column. */
export const Keep =
  (tag: ColumnTag): PropertyDecorator =>
  (prototype, property) => {
    const ofEntity = tags.get(prototype) ?? new Map<string, ColumnTag>()
    tags.set(prototype, ofEntity.set(String(property), tag))
  }

/** The tag of an entity's property, also when a base class declares it. */
export const tagOf = (entity: unknown, property: string): ColumnTag | undefined => {
  if (typeof entity !== 'function') return undefined
  for (let at: object | null = entity.prototype; at; at = Object.getPrototypeOf(at)) {
    const tag = tags.get(at)?.get(property)
    if (tag) return tag
  }
  return undefined
}

/** `table.column` of every mapped column without a tag, sorted. */
export const untaggedColumns = (dataSource: DataSource): string[] =>
  dataSource.entityMetadatas
    .flatMap((entity) =>
      entity.columns
        .filter((column) => !tagOf(column.target, column.propertyName))
        .map((column) => `${entity.tableName}.${column.databaseName}`),
    )
    .sort()

/** Every column with its tag: the data map. Call it only when `untaggedColumns` is empty. */
export const dataMap = (dataSource: DataSource): ({ column: string } & ColumnTag)[] =>
  dataSource.entityMetadatas.flatMap((entity) =>
    entity.columns.flatMap((column) => {
      const tag = tagOf(column.target, column.propertyName)
      return tag ? [{ column: `${entity.tableName}.${column.databaseName}`, ...tag }] : []
    }),
  )
