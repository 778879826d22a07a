/** Whether `version` is at least `minimum`, part by part; null when it cannot be read. */
export const atLeast = (version: string | undefined, minimum: string): boolean | null => {
  const parts = numbers(version)
  if (!parts) return null
  const wanted = numbers(minimum) ?? []
  for (let i = 0; i < Math.max(parts.length, wanted.length); i++) {
    const difference = (parts[i] ?? 0) - (wanted[i] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

const numbers = (version: string | undefined) =>
  version !== undefined && /^\d+(\.\d+)*$/.test(version) ? version.split('.').map(Number) : null
