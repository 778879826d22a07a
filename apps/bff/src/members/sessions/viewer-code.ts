import { createHash } from 'node:crypto'

/** Crockford's base 32: no I, L, O and U, which a photograph confuses with other signs. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const CODE_LENGTH = 6

/**
 * The code of a new person, from their id of ours, which is random. Two ids may have one code: the table takes each code
 * once for an app. The id that an erasure leaves behind has a code, too, but no row.
 */
export const codeOf = (viewerId: string): string => {
  const bits = createHash('sha256').update(`code ${viewerId}`).digest().readUInt32BE() >>> 2
  return Array.from({ length: CODE_LENGTH }, (_, i) => DIGITS[(bits >>> (25 - 5 * i)) & 31]).join(
    '',
  )
}

/** What Crockford's base 32 takes for another digit. */
const ALIKE: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0' }

const CODE = new RegExp(`^[${DIGITS}]{${CODE_LENGTH}}$`)

/** A code as a person copied it: in any case, with a blank or hyphen in it, O for 0, I or L for 1. @returns null: it is none */
export const readCode = (written: string): string | null => {
  const code = written
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replace(/[ILO]/g, (sign) => ALIKE[sign] ?? sign)
  return CODE.test(code) ? code : null
}
