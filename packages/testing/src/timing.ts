/** dudect's method: the slowest tenth of all samples cut off at one common threshold, Welch's t between every two classes. */

/** Beyond it the difference is not chance. */
export const LIMIT = 4.5

const welch = (a: number[], b: number[]): number => {
  const of = (values: number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    return { mean, error: squares / (values.length - 1) / values.length }
  }
  const [x, y] = [of(a), of(b)]
  return (x.mean - y.mean) / Math.sqrt(x.error + y.error)
}

/** @returns t of every two classes, largest first */
export const compare = (times: Map<string, number[]>): [string, number][] => {
  const all = [...times.values()].flat().sort((a, b) => a - b)
  const threshold = all[Math.floor(all.length * 0.9)] ?? Infinity
  const cropped = [...times].map(([name, values]) => ({
    name,
    values: values.filter((value) => value < threshold),
  }))
  return cropped
    .flatMap((a, i) =>
      cropped
        .slice(i + 1)
        .map((b): [string, number] => [`${a.name} / ${b.name}`, welch(a.values, b.values)]),
    )
    .sort((x, y) => Math.abs(y[1]) - Math.abs(x[1]))
}
