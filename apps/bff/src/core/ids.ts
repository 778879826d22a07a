/** In the order of ASCII. */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Characters of an id: the least that hold 128 bits. */
const ID_LENGTH = 22

/**
 * An id: 16 bytes as 22 letters and digits. The first is 0 to 7. So an id is no option on a command line, and no formula in
 * a spreadsheet. Older ids are base64url: they may hold `-` and `_`, and begin with them.
 */
export const base62 = (bytes: Uint8Array): string => {
  let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
  let id = ''
  while (id.length < ID_LENGTH) {
    id = `${DIGITS[Number(rest % 62n)]}${id}`
    rest /= 62n
  }
  return id
}

/** An id that no row has. A query for it costs what a query for a real id costs. */
export const NO_ID = '-'

/**
 * What a client sent as an id, fit for a query; an id of any age passes. Other text becomes the id of nothing: it gets
 * the answer of an unknown id, and no NUL and no kilobytes reach the database.
 */
export const asId = (value: string): string => (/^[\w-]{1,64}$/.test(value) ? value : NO_ID)
