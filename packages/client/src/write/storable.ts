/**
 * Text without half of a surrogate pair and without NUL, which cannot be stored; pasted text now and then has them. By
 * code point: a look-behind in a pattern would not even load on iOS before 16.4.
 */
export const storable = (text: string): string =>
  Array.from(text)
    .filter((char) => char !== '\u0000' && !/^[\uD800-\uDFFF]$/.test(char))
    .join('')
