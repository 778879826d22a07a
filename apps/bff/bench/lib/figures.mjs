/** The median and the worse ends of durations; all 0 where there are none. */
export const spread = (ms) => {
  const sorted = ms.toSorted((a, b) => a - b)
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: sorted.at(-1) ?? 0 }
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
