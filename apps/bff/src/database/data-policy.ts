import type { FindOptionsWhere, ObjectLiteral } from 'typeorm'
import { HOUR } from '../core/time.js'

/** How long a value stays. A new word needs a rule of `@DataPolicy` at its table and a row in `README.md`. */
export const retentions = {
  service: 'as long as the service runs; nothing about a person',
  token: 'until the access token is replaced, or ends',
  previousTicket: '10 minutes from its replacement',
  session: '3 days from the login',
  webLogin: '10 minutes from its beginning',
  sessionKey:
    'a key: until replaced, and 5 minutes more as the previous one; at most 3 days from the last login',
  content: 'within 24 hours of expiry or revocation',
  card: '180 days from expiry or revocation, and at least 3 days',
  declared: 'until the share window closes',
  share: '30 days after the verify window closed',
  opening: '180 days',
  accessRequest: '30 days',
  subscription: '180 days from the last acceptance or message',
  roster:
    '180 days from the last opening, and while the card can be opened: the limits count on it',
  proof:
    '31 days after the verify window closed: longer than its share, without which none is accepted',
  idempotency: '48 hours',
  chat: 'within 24 hours of the message; 48 hours while it is still to be worked on',
  webhook:
    'until it is delivered; 3 days from the event, if no try succeeds; at most 7 days for a webhook that was removed',
  webhookExpiry: '7 days from the expiry of the card',
  viewer: 'until the person is erased',
  indexed: 'as long as the title or name that it finds',
  block: 'until the person comes back, who is then blocked; a keyed hash, which leads to nobody',
  receiptKey: 'until a day after its last receipt',
  doctorRun: 'while the doctor for web pages waits, at most 30 seconds more',
  adminAccount: 'while the account is enabled, and 180 days after it was disabled',
  adminSession: '12 hours from the login',
  automationToken: '180 days from its end or revocation',
  adminSetup: 'until it ends: 1 hour for the first account, 72 hours for others',
  adminLane: '24 hours from the last attempt',
  audit: 'as long as the service runs; our own ids, which lead to nobody once the person is erased',
} as const

export type Retention = keyof typeof retentions

/** These words have no rule: age does not end such a value. */
export const ageless: readonly Retention[] = ['service', 'viewer', 'indexed', 'block', 'audit']

/** Half of the promised 24 hours. A service that stands still for hours keeps the promise. */
export const WITHIN_A_DAY = 12 * HOUR

/** Why a person does not read a value in their own copy. */
export const withholdings = {
  others: 'it says something about another person or about an administrator',
  proof: 'why a proof was refused helps its holder to forge one',
  share: 'it says whether a share exists, which only its recipients learn',
  chain: 'the hash covers a withheld value, and few values are possible',
} as const

/** What a person reads instead of a value in their own copy. */
export interface Withheld {
  readonly because: keyof typeof withholdings
  /** @param person the reader's id; without the function the value of every row is withheld */
  readonly when?: (row: never, person: string) => boolean
  /** What the copy says instead; without it `(withheld)`. */
  readonly instead?: (value: string) => string
}

/** The column matches another table's `column` in a row whose `person` is the person's id. Names of the database. */
export interface Through {
  readonly table: string
  readonly column: string
  readonly person: string
}

/** The value is an envelope of the vault. */
export interface Sealed {
  /** With table and primary key it is what the envelope is sealed for. */
  readonly for: string
  /**
   * Who reads the plaintext in a copy of a person's data. `person`: their own words, which no administrator reads.
   * `everybody`: all readers of a copy.
   */
  readonly toldTo: 'nobody' | 'person' | 'everybody'
}

export interface ColumnPolicy {
  /** Why it is stored. A person who asks for their data reads it. */
  readonly purpose: string
  /** How long; without it the table's word. */
  readonly until?: Retention
  /** It says something about a person, by itself or through its row. */
  readonly personal?: true
  /** Rows are about the person whom it names: it holds `viewers.id`, or leads there. */
  readonly person?: 'id' | Through
  /** What erasing that person makes of it, where `erasure` is `columns`. A pseudonym is an id that no row has. */
  readonly erased?: 'null' | 'pseudonym'
  readonly sealed?: Sealed
  /** The first that applies to a row. */
  readonly withheld?: readonly Withheld[]
}

export interface Condition<E extends ObjectLiteral> {
  /** For `docs/generated/tables.md`. */
  readonly text: string
  readonly where: (now: number) => FindOptionsWhere<E>
}

/** Rows are due `ms` milliseconds after the time in a column. */
export interface Aged<E extends ObjectLiteral> {
  readonly since: keyof E & string
  readonly ms: number
  /** Rows whose time lies more than this ahead are due, too: a wrong clock wrote them. Milliseconds. */
  readonly latest?: number
  /** Only where this holds as well. */
  readonly and?: Condition<E>
}

/** Rows of `table` whose `property` names a row. */
export interface Dependent {
  readonly table: string
  readonly property: string
}

/** What becomes of rows that have served a purpose. */
export interface RetentionRule<E extends ObjectLiteral> {
  /** The label `rule` of the metric `sealcard_retention_rows_total`. */
  readonly name: string
  /** The word that the rule keeps; without it the table's. */
  readonly until?: Retention
  /** Alternatives. */
  readonly due: readonly (Aged<E> | Condition<E>)[]
  /** Columns with the rule's word become null, in rows where this one is not. Without it the rows are deleted. */
  readonly blank?: keyof E & string
  /** Each row gets an audit entry of this kind, in the same transaction. Such a table has the key `id`. */
  readonly audited?: string
  /** Rows of other tables that go with each row, in the same transaction. Such a table has a key of one column. */
  readonly with?: readonly Dependent[]
  /** The table whose rows go first. */
  readonly after?: string
}

export interface TablePolicy<E extends ObjectLiteral> {
  /** How long columns stay that say nothing else. */
  readonly until: Retention
  /** One for each word that age ends. */
  readonly retention?: readonly RetentionRule<E>[]
  /**
   * What erasing a person does to their rows. Every table with a column that names a `person` has it.
   * Such a table is also in the person's copy: every column, by the property's name.
   */
  readonly erasure?: 'delete' | 'columns' | 'keep'
  /** It is about administrators. They are no viewers: their ids name accounts, which the list of accounts shows. */
  readonly administrators?: true
}

const tables = new Map<object, TablePolicy<ObjectLiteral>>()
const columns = new Map<object, Map<string, ColumnPolicy>>()

/** Declares how long rows stay and what an erasure does to them. Every entity needs it. */
export const DataPolicy =
  <E extends ObjectLiteral>(policy: TablePolicy<E>) =>
  (entity: new () => E): void => {
    tables.set(entity, policy)
  }

/** Declares why a column is stored, and what differs from its table's policy. Every column needs it. */
export const Purpose =
  (purpose: string, policy: Omit<ColumnPolicy, 'purpose'> = {}): PropertyDecorator =>
  (prototype, property) => {
    const ofEntity = columns.get(prototype) ?? new Map<string, ColumnPolicy>()
    columns.set(prototype, ofEntity.set(String(property), { purpose, ...policy }))
  }

/** The policy of an entity; undefined without `@DataPolicy`. */
export const policyOfTable = (entity: unknown): TablePolicy<ObjectLiteral> | undefined =>
  tables.get(entity as object)

/** The policy of an entity's property, also when a base class declares it; undefined without `@Purpose`. */
export const policyOfColumn = (entity: unknown, property: string): ColumnPolicy | undefined => {
  if (typeof entity !== 'function') return undefined
  for (
    let at = entity.prototype as object | null;
    at;
    at = Object.getPrototypeOf(at) as object | null
  ) {
    const policy = columns.get(at)?.get(property)
    if (policy) return policy
  }
  return undefined
}
