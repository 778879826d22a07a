import type { Output } from './command.js'

/** No faster than it is read: what is written may be larger than memory. */
export async function written(out: Output, text: string): Promise<void> {
  if (out.write(text) !== false || !out.once) return
  await new Promise<void>((resolve) => out.once?.('drain', resolve))
}
