/** Edit distance, for "did you mean". */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same)
    }
    row = next
  }
  return row[b.length] ?? 0
}

export const closest = (given: string, known: Iterable<string>): string => {
  let best = { name: '', far: Infinity }
  for (const name of known) {
    const far = distance(given.slice(0, 200), name)
    if (far < best.far) best = { name, far }
  }
  return best.name
}
