import { start } from '../../src/app/start.js'
import type { Config } from '../../src/core/config/config.js'

export interface StartOutput {
  /** The exit code; null if the service started and the test then stopped it. */
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Starts the service in this process, with its own signals and output, and stops it when it is ready. */
export const startOutput = async (config: Config): Promise<StartOutput> => {
  const told = { out: '', err: '' }
  const signals = new Map<string, () => void>()
  const codes: (number | undefined)[] = []
  let end = (): void => {}
  const ended = new Promise<void>((resolve) => (end = resolve))
  const proc = {
    stdout: { write: (text: string) => void (told.out += text) },
    stderr: { write: (text: string) => void (told.err += text) },
    on: (signal: string, stop: () => void) => void signals.set(signal, stop),
    exit: (code?: number) => {
      codes.push(code)
      end()
    },
  }
  // A process that has exited does nothing more; here, what comes after may fail.
  await start(config, proc as never).catch((error: unknown) => {
    if (codes.length === 0) throw error
  })
  if (codes.length > 0) return { ...told, code: codes[0] ?? 0 }
  signals.get('SIGTERM')?.()
  await ended
  return { ...told, code: null }
}
