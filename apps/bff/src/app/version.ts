import { readFileSync } from 'node:fs'
import path from 'node:path'

/** The version stands at the root, of the repository as of the package. */
export const { version } = JSON.parse(
  readFileSync(
    path.join(
      import.meta.dirname.replace(/[\\/](?:src|dist)(?:[\\/].*)?$/, ''),
      '../../package.json',
    ),
    'utf8',
  ),
) as { version: string }
