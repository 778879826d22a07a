import type { ColumnOptions, DataSource, ValueTransformer } from 'typeorm'

/**
 * How long a column's value may stay. Every word but `service`, `viewer` and `audit` has a rule in
 * `lifecycle/retention-rules.ts`, and a test says so; add a word and its rule here rather than inventing one at a column.
 */
export const retentions = {
  service: 'as long as the service runs; nothing about a person',
  token: 'until the access token is replaced, or ends',
  session: '3 days from the login',
  sessionKey:
    'a key: until replaced, and 5 minutes more as the previous one; at most 3 days from the last login',
  content: 'within 24 hours of expiry or revocation',
  card: '180 days from expiry or revocation, and at least 3 days',
  declared: 'until the share window closes',
  share: '30 days after the verify window closed',
  opening: '180 days',
  roster:
    '180 days from the last opening, and while the card can be opened: the limits count on it',
  proof:
    '31 days after the verify window closed: longer than its share, without which none is accepted',
  idempotency: '48 hours',
  chat: 'within 24 hours of the message; 48 hours while it is still to be worked on',
  viewer: 'until the person is erased',
  adminAccount: 'while the account is enabled, and 180 days after it was disabled',
  adminSession: '12 hours from the login',
  automationToken: '180 days from its end or revocation',
  adminSetup: 'until it ends: 1 hour for the first account, 72 hours for others',
  adminLane: '24 hours from the last attempt',
  audit: 'as long as the service runs; our own ids, which lead to nobody once the person is erased',
} as const

export type Retention = keyof typeof retentions

export interface ColumnTag {
  /** Why it is stored, as a person asking for their data would be told. */
  purpose: string
  /** Whether it says something about a person, by itself or through its row. */
  personal: boolean
  until: Retention
  /** Its value is sealed for table, primary key and this purpose; `lifecycle/sealed-columns.ts` finds it by that. */
  sealed?: string
  /**
   * To whom a copy of a person's data tells what is sealed: `person` for a person's own words, which no administrator
   * reads; `everybody` who may have the copy for what says who the person is. Without it nobody is told.
   */
  toldTo?: 'person' | 'everybody'
}

const tags = new Map<object, Map<string, ColumnTag>>()

/** Tags a column with its purpose and retention. Every column needs one; a test refuses an untagged column. */
export const Retain =
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

/** SQLite gives a bigint column as a number, PostgreSQL as a string; 2^53 ms is the year 287396. */
const transformer: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: unknown) => (value === null || value === undefined ? value : Number(value)),
}

type EpochOptions = Pick<ColumnOptions, 'nullable' | 'default'>

interface EpochColumn {
  type: 'bigint'
  name: string
  transformer: ValueTransformer
}

/**
 * A time: integer, milliseconds since the epoch, UTC. `@Column(epoch('created_at')) createdAt: number`, or
 * `@PrimaryColumn(epoch('seq'))`: any other 64-bit integer (a counter, a chain position) may use it too.
 */
export function epoch(name: string): EpochColumn
export function epoch(name: string, options: EpochOptions): EpochColumn & EpochOptions
export function epoch(name: string, options: EpochOptions = {}): EpochColumn & EpochOptions {
  return { type: 'bigint', name, transformer, ...options }
}
