/** Something in a compiled package that a phone would not run, with where it is. */
export interface WeappProblem {
  file: string
  line: number | null
  column: number | null
  message: string
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
