import { parseArgs } from 'node:util'
import { type Output, UsageError } from './command.js'

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
export const readOptions = <const T extends Options>(
  args: readonly string[],
  options: T,
): Values<T> => {
  try {
    const strict = { strict: true, allowPositionals: false } as const
    return parseArgs({ args: joined(args, options), options, ...strict }).values
  } catch (error) {
    // Node's own words; they name the option.
    throw new UsageError(String((error as { message?: unknown }).message))
  }
}

/** `--id -xyz` as `--id=-xyz`: stored ids that are not base62 may begin with a minus. Only a known option ends a value. */
const joined = (args: readonly string[], options: Options): string[] => {
  const isOption = (text: string) => Object.hasOwn(options, /^--([^=]*)/.exec(text)?.[1] ?? '')
  const all: string[] = []
  for (let i = 0; i < args.length; i++) {
    const [name = '', value] = args.slice(i, i + 2)
    const takesText = isOption(name) && options[name.slice(2)]?.type === 'string'
    if (takesText && value?.startsWith('-') && !isOption(value)) {
      all.push(`${name}=${value}`)
      i++
    } else all.push(name)
  }
  return all
}

/** @throws UsageError naming the option that is missing */
export const required = (value: string | undefined, name: string): string => {
  if (!value) throw new UsageError(`--${name} is missing`)
  return value
}

/** No faster than it is read: what is written may be larger than memory. */
export const written = async (out: Output, text: string): Promise<void> => {
  if (out.write(text) !== false || !out.once) return
  await new Promise<void>((resolve) => out.once?.('drain', resolve))
}
