/** Something in a compiled package that a phone would not run, with where it is. */
export interface WeappProblem {
  file: string
  line: number | null
  column: number | null
  message: string
}

/** The place is the first line of `file` that has `text`. */
export const problemAt = (
  files: { read(file: string): string },
  file: string,
  text: string,
  message: string,
): WeappProblem => {
  const line = files
    .read(file)
    .split('\n')
    .findIndex((one) => one.includes(text))
  return { file, line: line < 0 ? null : line + 1, column: null, message }
}

export const describeProblem = (p: WeappProblem): string =>
  `${p.file}${p.line === null ? '' : `:${p.line}${p.column === null ? '' : `:${p.column}`}`}: ${p.message}`

/** Thrown with every problem of the package at once, so that one run shows them all. */
export class WeappBuildError extends Error {
  constructor(readonly problems: WeappProblem[]) {
    super(`the mini-program package does not compile:\n${problems.map(describeProblem).join('\n')}`)
    this.name = 'WeappBuildError'
  }
}
