import type { KeyValue } from '../storage.js'

/** A storage that a test can look into. */
export const memoryStorage = (): KeyValue & { map: Map<string, string> } => {
  const map = new Map<string, string>()
  return {
    map,
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
  }
}
