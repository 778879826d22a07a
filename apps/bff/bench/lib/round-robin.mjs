// A proxy in front of several processes: each new connection goes to the next one that takes it.
// PORT is its own, TARGETS are theirs, separated by commas.
import { connect, createServer } from 'node:net'

const targets = process.env.TARGETS.split(',').map(Number)
let next = 0

const pass = (client, tries = targets.length) => {
  if (tries === 0) return void client.destroy()
  const upstream = connect(targets[next++ % targets.length], '127.0.0.1')
  upstream.setNoDelay(true)
  let connected = false
  upstream.once('connect', () => {
    connected = true
    client.pipe(upstream).pipe(client)
  })
  upstream.on('error', () => (connected ? client.destroy() : pass(client, tries - 1)))
  upstream.on('close', () => connected && client.destroy())
  client.on('error', () => upstream.destroy())
  client.on('close', () => upstream.destroy())
}
const server = createServer({ noDelay: true, pauseOnConnect: true }, (client) => pass(client))
process.once('SIGTERM', () => process.exit(0))
server.listen(Number(process.env.PORT), '127.0.0.1', () => {
  console.log(`ready on http://127.0.0.1:${process.env.PORT}`)
})
