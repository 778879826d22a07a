import { parseArgs } from 'node:util'
import { UsageError } from './command.js'

type Options = Readonly<
  Record<string, { readonly type: 'string' | 'boolean'; readonly multiple?: true }>
>

export type Values<T extends Options> = {
  [name in keyof T]?: T[name] extends { type: 'boolean' }
    ? boolean
    : T[name] extends { multiple: true }
      ? string[]
      : string
}

/** `--name value` and `--flag`; nothing else. @throws UsageError */
export function readOptions<const T extends Options>(
  args: readonly string[],
  options: T,
): Values<T> {
  try {
    const strict = { strict: true, allowPositionals: false } as const
    return parseArgs({ args: [...args], options, ...strict }).values as Values<T>
  } catch (error) {
    // Node's own words; they name the option.
    throw new UsageError(String((error as { message?: unknown }).message))
  }
}

/** @throws UsageError naming the option that is missing */
export function required(value: string | undefined, name: string): string {
  if (!value) throw new UsageError(`--${name} is missing`)
  return value
}
