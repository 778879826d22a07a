/** A secret that must not be found where it does not belong. */
export interface Canary {
  readonly name: string
  readonly value: string
}

/** Every form in which a value may lie somewhere. The value itself may be base64, so its bytes are looked for as well. */
export const formsOf = (value: string): Buffer[] => {
  const bytes = [Buffer.from(value)]
  if (/^[A-Za-z0-9+/]{22,}={0,2}$/.test(value)) bytes.push(Buffer.from(value, 'base64'))
  const texts = bytes.flatMap((one) => [
    one.toString('base64').replace(/=+$/, ''),
    one.toString('base64url'),
    one.toString('hex'),
    one.toString('hex').toUpperCase(),
  ])
  texts.push(encodeURIComponent(value), JSON.stringify(value).slice(1, -1))
  texts.push(
    value.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
  const all = [...bytes, ...texts.map((text) => Buffer.from(text))]
  return [...new Map(all.map((one) => [one.toString('latin1'), one])).values()]
}

export interface Place {
  readonly name: string
  readonly bytes: Buffer
}

/** `<canary> in <place>` for every secret that is there, in any form. */
export const findCanaries = (canaries: readonly Canary[], places: readonly Place[]): string[] =>
  canaries.flatMap(({ name, value }) => {
    const forms = formsOf(value)
    return places
      .filter(({ bytes }) => forms.some((form) => bytes.includes(form)))
      .map((place) => `${name} in ${place.name}`)
  })
