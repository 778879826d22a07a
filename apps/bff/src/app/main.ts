import 'reflect-metadata'
import { readFileSync } from 'node:fs'
import { ConfigError, type Config } from '../core/config/config.js'
import { loadConfig } from '../core/config/load-config.js'
import { PLATFORMS } from '../platforms/all-platforms.js'
import { start } from './start.js'

/** The environment is read here and nowhere else. */
const configure = (): Config => {
  try {
    return loadConfig(process.env, (path) => readFileSync(path), PLATFORMS)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    for (const mistake of error.mistakes) process.stderr.write(`${mistake}\n`)
    process.exit(1)
  }
}

await start(configure(), process)
