import { inspect } from 'node:util'

const HIDDEN = '[secret]'

/** A value that prints as `[secret]` wherever it ends up: logs, JSON, errors, `inspect`. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  /** The value itself; call it where it is used and nowhere earlier. */
  reveal(): string {
    return this.#value
  }

  toString(): string {
    return HIDDEN
  }

  toJSON(): string {
    return HIDDEN
  }

  [inspect.custom](): string {
    return HIDDEN
  }
}
