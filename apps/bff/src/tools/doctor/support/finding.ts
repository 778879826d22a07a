export type Status = 'ok' | 'warning' | 'wrong'

/** What a check found. No secret in any of it: it is printed and pasted into tickets. */
export interface Finding {
  /** The check that found it. */
  readonly check: string
  /** Which app, bot or key it is about. */
  readonly about?: string
  readonly status: Status
  /** Stable, for whoever reads the machine's form: `ip-not-allowed`. */
  readonly code: string
  readonly what: string
  /** Absent where nothing is to be done. */
  readonly todo?: string
}

type Said = Omit<Finding, 'check'>

export const ok = (code: string, what: string, about?: string): Said => ({
  status: 'ok',
  code,
  what,
  ...(about !== undefined && { about }),
})

export const warning = (code: string, what: string, todo: string, about?: string): Said => ({
  ...ok(code, what, about),
  status: 'warning',
  todo,
})

export const wrong = (code: string, what: string, todo: string, about?: string): Said => ({
  ...ok(code, what, about),
  status: 'wrong',
  todo,
})

export type { Said }
