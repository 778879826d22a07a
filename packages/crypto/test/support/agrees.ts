import { checkJson } from '../../src/lib/json-check.js'

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
    : 0
const parses = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text)
    return depthOf(value) > 0 && depthOf(value) <= 4 && !Array.isArray(value)
  } catch {
    return false
  }
}
/** Fails when the recogniser and JSON.parse differ on a text. */
export const agrees = (text: string) => {
  const bytes = Buffer.from(text)
  if (bytes.toString() !== text || (checkJson(bytes).fault === 0) === parses(text)) return
  throw new Error(`they differ on ${JSON.stringify(text)}`)
}
