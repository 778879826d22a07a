/**
 * Parses a query string into an object without a prototype. A key given twice becomes an array, which no schema of
 * ours accepts: taking the first (or the last) would let two readers of one URL disagree.
 */
export function parseQuery(text: string): Record<string, unknown> {
  const query: Record<string, unknown> = Object.create(null)
  for (const [key, value] of new URLSearchParams(text)) {
    const seen = query[key]
    // Not copied: this runs before every limit, and a key may come thousands of times.
    if (Array.isArray(seen)) seen.push(value)
    else query[key] = key in query ? [seen, value] : value
  }
  return query
}
