/** Characters of what was written. */
const LOOKED_AT = 64

/**
 * Whether somebody who wrote `wanted` may have meant `title`: a part of it but for one character in three, or the title and
 * more. Both are squeezed. @returns how many characters differ; undefined: too many
 */
export function distance(wanted: string, title: string): number | undefined {
  const characters = [...wanted].slice(0, LOOKED_AT)
  if (characters.length < 2 || title === '') return undefined
  if (wanted.includes(title)) return 0
  const differs = fewestEdits(characters, [...title])
  return differs <= Math.max(1, Math.floor(characters.length / 3)) ? differs : undefined
}

/** Sellers' algorithm: the edit distance of `part` to that part of `whole` which is most like it. */
function fewestEdits(part: readonly string[], whole: readonly string[]): number {
  let above = whole.map(() => 0)
  let first = 0
  for (const character of part) {
    let before = first
    first += 1
    let left = first
    above = whole.map((other, i) => {
      const up = above[i] ?? 0
      left = Math.min(left + 1, up + 1, before + (character === other ? 0 : 1))
      before = up
      return left
    })
  }
  return Math.min(first, ...above)
}
