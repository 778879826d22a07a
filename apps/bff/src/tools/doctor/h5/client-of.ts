const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac/, 'Mac'],
]

/**
 * The client of a user agent, as a report may show it: nothing of the text itself but a version.
 * @returns `WeCom 4.1.30, Android`; `unknown client` for a text that names none
 */
export const clientOf = (userAgent: string): string => {
  const version = /wxwork\/(\d{1,4}(?:\.\d{1,5}){0,3})/i.exec(userAgent)?.[1]
  const system = SYSTEMS.find(([form]) => form.test(userAgent))?.[1]
  const client = version === undefined ? 'unknown client' : `WeCom ${version}`
  return system === undefined ? client : `${client}, ${system}`
}
