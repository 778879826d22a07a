import type { Config } from './config.js'

/** @throws ConfigError with one line per mistake */
export const loadConfig = (
  _env: Record<string, string | undefined>,
  _readFile: (path: string) => string,
): Config => {
  throw new Error('being written')
}
