const plain = new Set(['string', 'number', 'boolean', 'undefined'])

/** What crosses from the logic layer to the view layer must survive JSON; on a phone it is lost or throws. */
export const assertPlain = (value: unknown, at: string, above: object[] = []): void => {
  if (value === null || plain.has(typeof value)) return
  if (typeof value !== 'object') {
    throw new TypeError(`${at}: a ${typeof value} cannot be sent to the view layer`)
  }
  if (above.includes(value)) throw new TypeError(`${at}: cyclic`)
  const path = [...above, value]
  for (const [name, inner] of Object.entries(value)) assertPlain(inner, `${at}.${name}`, path)
}
