import 'reflect-metadata'
import { readFileSync } from 'node:fs'
import { TerminalInput } from '../tools/cli/password-input.js'
import { runCommand } from '../tools/cli/run.js'
import { loadConfig } from '../core/config/load-config.js'
import { SystemClock } from '../core/ports/clock.js'
import { PLATFORMS } from '../platforms/all-platforms.js'

/** The environment is read here and nowhere else. */
process.exitCode = await runCommand(
  {
    config: () => loadConfig(process.env, (path) => readFileSync(path), PLATFORMS),
    platforms: PLATFORMS,
    clock: new SystemClock(),
    stdout: process.stdout,
    stderr: process.stderr,
    passwords: new TerminalInput(process.stdin, process.stderr),
    readFile: (path) => readFileSync(path),
  },
  process.argv.slice(2),
)
