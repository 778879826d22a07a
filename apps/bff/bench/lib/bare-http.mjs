// What Node itself does on this machine: the answers of `bare-fastify.mjs` without a framework.
import { createServer } from 'node:http'

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json; charset=utf-8')
    response.end('{"status":"alive"}')
  })
})
process.once('SIGTERM', () => process.exit(0))
server.listen(Number(process.env.PORT), '127.0.0.1', () => {
  console.log(`ready on http://127.0.0.1:${process.env.PORT}`)
})
