import { createDecipheriv } from 'node:crypto'
import { deriveTicketKey, ticketKeyDerivations, type TicketKeyDerivation } from '@sealcard/crypto'
import type { OpenedProof, Platform, Proof } from '../../../platforms/registry/platform.js'

/** What a key may come from. Only the application's ticket is documented. */
export type MaterialKind =
  'ticket' | 'previous ticket' | 'corp ticket' | 'previous corp ticket' | 'session_key'

/** A secret of the highest class: held in memory, never printed. */
export interface Material {
  readonly kind: MaterialKind
  readonly secret: string
}

/** A `session_key` is a key already. */
export type Reading = TicketKeyDerivation | 'as it is'

/** What one key made of the sample. */
export type Outcome =
  /** The service would open the proof by this key. */
  | 'hit'
  /** A proof, about another value than the one that the page declared. */
  | 'other state'
  /** A proof, for another person than the one who opened. */
  | 'other receiver'
  /** JSON without what a proof must have. */
  | 'no proof'
  /** The text reads like a proof, but the service's opener refuses it. */
  | 'refused'
  /** The padding is right, the bytes are text, but no JSON object. */
  | 'text'
  /** The padding is right, the bytes are no text: a wrong key, not a wrong cipher. */
  | 'padding'
  | 'no'
  /** The material has too few bytes. */
  | 'too short'

export interface Trial {
  readonly material: MaterialKind
  readonly reading: Reading
  readonly outcome: Outcome
  /** The names in the plaintext, never a value. */
  readonly fields: readonly string[]
}

/** What a genuine sample says. Absent: not known, any will do. */
export interface Expected {
  readonly state?: string
  readonly curReceiver?: string
}

/** What judges a proof at run time. A key that it does not open is no hit. */
export type Judge = Pick<Platform, 'openProof' | 'comparable'>

/** Tries each material under each reading. Secrets and plaintext stay inside. */
export const tryKeys = (
  judge: Judge,
  sample: Proof,
  materials: readonly Material[],
  expected: Expected = {},
): Trial[] =>
  materials.flatMap((material) =>
    readingsOf(material).map((reading) => {
      const judged = judgedBy(judge, sample, keyOf(material, reading), expected)
      return { material: material.kind, reading, ...judged }
    }),
  )

const readingsOf = ({ kind }: Material): readonly Reading[] =>
  kind === 'session_key' ? ['as it is'] : ticketKeyDerivations

/** @returns base64; undefined where the material is too short */
const keyOf = ({ secret }: Material, reading: Reading): string | undefined => {
  if (reading === 'as it is') return secret
  try {
    return deriveTicketKey(secret, reading)
  } catch {
    return undefined
  }
}

const nothing = (outcome: Outcome) => ({ outcome, fields: [] })

const judgedBy = (
  judge: Judge,
  sample: Proof,
  key: string | undefined,
  expected: Expected,
): Pick<Trial, 'outcome' | 'fields'> => {
  if (key === undefined) return nothing('too short')
  const plain = withoutPadding(decrypted(sample, key))
  if (!plain) return nothing('no')
  const text = textOf(plain)
  if (text === undefined) return nothing('padding')
  const value = objectOf(text)
  if (!value) return nothing('text')
  const fields = Object.keys(value).map(shownName)
  if (!isName(value['state']) || !isName(value['curReceiver']))
    return { outcome: 'no proof', fields }
  return { outcome: proven(judge, sample, key, expected), fields }
}

const proven = (judge: Judge, sample: Proof, key: string, expected: Expected): Outcome => {
  let opened: OpenedProof
  try {
    opened = judge.openProof(key, sample)
  } catch {
    return 'refused'
  }
  const { declared, curReceiver = '' } = opened
  if (expected.state !== undefined && declared !== expected.state) return 'other state'
  const person = expected.curReceiver
  if (person !== undefined && judge.comparable(curReceiver) !== judge.comparable(person))
    return 'other receiver'
  return 'hit'
}

const decrypted = ({ encryptedData, iv }: Proof, key: string): Buffer => {
  const bytes = Buffer.from(key, 'base64')
  const decipher = createDecipheriv(`aes-${bytes.length * 8}-cbc`, bytes, Buffer.from(iv, 'base64'))
  decipher.setAutoPadding(false)
  return Buffer.concat([decipher.update(encryptedData, 'base64'), decipher.final()])
}

/** PKCS#7, each byte of it. @returns undefined where it is wrong */
const withoutPadding = (plain: Buffer): Buffer | undefined => {
  const size = plain.at(-1) ?? 0
  if (size < 1 || size > 16 || size > plain.length) return undefined
  const end = plain.length - size
  return plain.subarray(end).every((byte) => byte === size) ? plain.subarray(0, end) : undefined
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

const textOf = (bytes: Buffer): string | undefined => {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

const objectOf = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? { ...value }
      : undefined
  } catch {
    return undefined
  }
}

const isName = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** Only a name in the form of a field is shown: any other could be content. */
const shownName = (name: string): string => (/^[A-Za-z][A-Za-z_]{0,31}$/.test(name) ? name : '?')

const CANONICAL = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** What makes a sample unreadable under every key. @returns the field's name; undefined when it can be tried */
export const unreadable = ({ encryptedData, iv }: Proof): keyof Proof | undefined => {
  if (sizeOf(iv) !== 16) return 'iv'
  const size = sizeOf(encryptedData)
  return size === 0 || size % 16 !== 0 ? 'encryptedData' : undefined
}

/** @returns 0 for what is no canonical base64 */
const sizeOf = (text: string): number => {
  if (!CANONICAL.test(text)) return 0
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes.length : 0
}
