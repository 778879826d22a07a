import type { KeyValue } from '../../src/storage.js'

export const memoryStorage = (): KeyValue & { map: Map<string, string> } => {
  const map = new Map<string, string>()
  return {
    map,
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
  }
}
