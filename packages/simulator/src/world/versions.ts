/** Compares `3.1.10` and `3.1.8` by their numbers; missing parts are 0. */
export const versionBefore = (version: string, other: string): boolean => {
  const [a, b] = [version, other].map((text) => text.split('.').map((part) => parseInt(part, 10)))
  for (let i = 0; i < Math.max(a?.length ?? 0, b?.length ?? 0); i++) {
    const [x, y] = [a?.[i] || 0, b?.[i] || 0]
    if (x !== y) return x < y
  }
  return false
}
