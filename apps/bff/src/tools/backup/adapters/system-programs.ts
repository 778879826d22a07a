import { spawn } from 'node:child_process'
import { BackupError } from '../backup-error.js'
import type { PostgresPrograms } from '../postgres-programs.js'

export const systemPrograms: PostgresPrograms = {
  run: (program, args, env) =>
    new Promise((resolve, reject) => {
      const child = spawn(program, args, {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let [out, err] = ['', '']
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
      child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
      child.once('error', ({ code }: NodeJS.ErrnoException) =>
        reject(
          new BackupError(
            `${program}: ${code === 'ENOENT' ? 'not installed; install the client programs of PostgreSQL (apt-get install postgresql-client)' : String(code)}`,
          ),
        ),
      )
      child.once('close', (code) => resolve({ code: code ?? 1, out, err }))
    }),
}
