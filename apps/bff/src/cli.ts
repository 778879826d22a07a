import 'reflect-metadata'
import { readFileSync } from 'node:fs'
import { auditVerify, EXIT } from './audit/audit-verify.command.js'
import { ConfigError } from './config/config-error.js'
import { loadConfig } from './config/load-config.js'

const USAGE = `usage: sealcard audit verify [--expect <chain>:<seq>:<hash>]...
  checks the audit's hash chains; exit 0 intact, 1 broken, 2 could not check
  reads the same environment as the service
`

async function run(args: readonly string[]): Promise<number> {
  const [noun, verb, ...rest] = args
  if (noun !== 'audit' || verb !== 'verify') {
    process.stderr.write(USAGE)
    return EXIT.unchecked
  }
  try {
    const config = loadConfig(process.env, (path) => readFileSync(path, 'utf8'))
    return await auditVerify(config, rest, process)
  } catch (error) {
    const lines =
      error instanceof ConfigError
        ? error.mistakes
        : [error instanceof Error ? error.message : 'failed']
    for (const line of lines) process.stderr.write(`${line}\n`)
    return EXIT.unchecked
  }
}

process.exitCode = await run(process.argv.slice(2))
