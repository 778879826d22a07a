// Runs a PostgreSQL of its own in a process of its own. It ends with the process that forked it, also after kill -9.
//
// `node postgres-server.mjs <folder of bin, lib and share> <folder for temporary files> <port> [<data of another>]`
//
// It says 'ready' when the server takes connections. On the message 'restart' it cuts all of them, as after a crash, and
// starts the server again. On the message { keep } it stops the server, leaves its data there and says 'kept'.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const [installed, temporary, port, like] = process.argv.slice(2)
const READY = 'database system is ready to accept connections'

const idOf = (which) => Number(execFileSync('id', [which, 'nobody'], { encoding: 'utf8' }))

/** PostgreSQL refuses to run as root, and needs a user who has a name. */
const server = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}

/** Whether the server's user may enter the folder, or run the file. A clone in root's home is closed to it. */
const isOpen = (file) =>
  server.uid === undefined || spawnSync('test', ['-x', file], server).status === 0

/** The binaries where the server's user reaches them: as they are installed, or in a folder that goes with the server. */
const reachable = (folder) => {
  if (isOpen(path.join(installed, 'bin/postgres'))) return path.join(installed, 'bin')
  const there = path.join(folder, 'installed')
  const bin = path.join(there, 'bin')
  // A thousand files are linked in no time. Another file system, or another `cp`, asks for a copy.
  const linked = spawnSync('cp', ['-rl', installed, there]).status === 0
  if (linked && isOpen(path.join(bin, 'postgres'))) return bin
  rmSync(there, { recursive: true, force: true })
  cpSync(installed, there, { recursive: true, verbatimSymlinks: true })
  give(there)
  return bin
}

/** To the server's user, who can then read it whatever its mode. Never give a link: its file would be given. */
const give = (file) => {
  if (server.uid !== undefined) execFileSync('chown', ['-R', `${server.uid}:${server.gid}`, file])
}

const initialize = (folder, bin, data, as) => {
  const password = path.join(folder, 'password')
  writeFileSync(password, 'for-tests\n')
  give(password)
  const owner = ['--auth=password', '--username=postgres', `--pwfile=${password}`]
  // The same on every machine, whatever its language. A small log is copied fast.
  const text = ['--encoding=UTF8', '--no-locale', '--no-sync', '--wal-segsize=1']
  execFileSync(path.join(bin, 'initdb'), ['-D', data, ...owner, ...text], { ...as, stdio: 'pipe' })
}

const start = (folder) => {
  give(folder)
  const bin = reachable(folder)
  const data = path.join(folder, 'data')
  // Of the folder in which the tests run, the server's user may not even learn the name.
  const as = { ...server, cwd: folder }
  if (like) {
    cpSync(like, data, { recursive: true })
    give(data)
  } else initialize(folder, bin, data, as)
  const here = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=']
  const run = () => {
    const postgres = spawn(path.join(bin, 'postgres'), ['-D', data, '-p', port, ...here], {
      ...as,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    postgres.stderr.on('data', (chunk) => {
      if (said.includes(READY)) return
      said += chunk
      if (said.includes(READY)) process.send('ready', () => {})
    })
    const ended = new Promise((resolve) => postgres.once('close', resolve))
    void ended.then(() => said.includes(READY) || failed(folder, said))
    return { postgres, ended }
  }
  let running = run()
  process.on('message', async (told) => {
    running.postgres.kill(told === 'restart' ? 'SIGQUIT' : 'SIGINT')
    await running.ended
    if (told === 'restart') running = run()
    else {
      cpSync(data, told.keep, { recursive: true })
      process.send('kept')
    }
  })
  process.on('disconnect', async () => {
    running.postgres.kill('SIGINT')
    await running.ended
    rmSync(folder, { recursive: true, force: true })
    process.exit()
  })
}

const failed = (folder, why) => {
  rmSync(folder, { recursive: true, force: true })
  process.send({ failed: why }, () => process.exit(1))
}

// Root's own folder for temporary files may be closed to others, too.
const open = [temporary, '/tmp', '/var/tmp'].find(isOpen) ?? temporary
const folder = mkdtempSync(path.join(open, 'sealcard-postgres-'))
try {
  start(folder)
} catch (error) {
  failed(folder, `${error}`)
}
