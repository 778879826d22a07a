import type { FastifyInstance } from 'fastify'
import type { SimulatorEvent } from '../contract.js'
import type { Deps } from './deps.js'

/** `GET /simulator/events`: one `data:` line per change, so that pages follow the world. */
export const eventRoutes = (app: FastifyInstance, { world, calls }: Deps): void => {
  app.get('/simulator/events', (request, reply) => {
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    raw.write(': ready\n\n')
    const tell = (event: SimulatorEvent) => raw.write(`data: ${JSON.stringify(event)}\n\n`)
    const stops = [world.listen(tell), calls.listen(() => tell({ type: 'calls', id: null }))]
    request.raw.socket.once('close', () => {
      for (const stop of stops) stop()
    })
  })
}
