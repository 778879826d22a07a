import 'reflect-metadata'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { systemPrograms } from '../tools/backup/adapters/system-programs.js'
import { systemBackupFiles } from '../tools/backup/files.js'
import type { Folder, Questions } from '../tools/cli/command.js'
import { TerminalInput } from '../tools/cli/password-input.js'
import { languageOf } from '../tools/cli/words-zh.js'
import { runCommand } from '../tools/cli/run.js'
import { withFolder } from '../core/config/folder-environment.js'
import { loadConfig } from '../core/config/load-config.js'
import { SystemClock } from '../core/ports/clock.js'
import { PLATFORMS } from '../platforms/all-platforms.js'
import { version } from './version.js'

const readFile = (path: string): Uint8Array => readFileSync(path)

const folder: Folder = {
  exists: existsSync,
  create: (name, text, mode) => writeFileSync(name, text, { mode, flag: 'wx' }),
}

const questions: Questions = {
  ask: async (question) => {
    if (!process.stdin.isTTY) return null
    const terminal = createInterface({ input: process.stdin, output: process.stderr })
    try {
      return (await terminal.question(question)).trim()
    } finally {
      terminal.close()
    }
  },
}

/** The environment is read here and nowhere else. */
process.exitCode = await runCommand(
  {
    config: () => loadConfig(withFolder(process.env, readFile), readFile, PLATFORMS),
    platforms: PLATFORMS,
    version,
    language: languageOf(process.env),
    clock: new SystemClock(),
    stdout: process.stdout,
    stderr: process.stderr,
    passwords: new TerminalInput(process.stdin, process.stderr),
    readFile,
    questions,
    folder,
    backups: { files: systemBackupFiles, programs: systemPrograms },
    // Other commands do not wait until the whole service is loaded.
    start: async (config) => (await import('./start.js')).start(config, process),
  },
  process.argv.slice(2),
)
