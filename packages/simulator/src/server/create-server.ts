import fastify, { type FastifyInstance } from 'fastify'
import { WorldProblem } from '../world/problem.js'
import { botRoutes } from './bot-routes.js'
import { callRoutes } from './calls/call-routes.js'
import { logPhoneCalls } from './calls/phone-calls.js'
import { closest } from '../closest.js'
import { controlRoutes } from './control-routes.js'
import type { Deps } from './deps.js'
import { eventRoutes } from './events.js'
import { messageRoutes } from './message-routes.js'
import { pageRoutes, type Pages } from './pages.js'
import { peopleRoutes } from './people-routes.js'
import { phoneRoutes } from './phone-routes.js'
import { platformRoutes } from './platform-routes.js'
import { sceneRoutes } from './scene-routes.js'
import { officialPages } from './web/official-pages.js'
import { frameUrl, webFrames } from './web/web-frames.js'
import { webRoutes } from './web/web-routes.js'

const STATUS: Record<WorldProblem['error'], number> = {
  bad_input: 400,
  not_found: 404,
  unknown_route: 404,
  refused: 409,
  not_simulated: 501,
}

/** Transport only: who may ask what is the world's business. */
export const createServer = (deps: Deps, pages: Pages): FastifyInstance => {
  // forceCloseConnections: a black hole or an event stream must not keep the process alive.
  const app = fastify({
    forceCloseConnections: true,
    bodyLimit: 64 * 1024 * 1024,
    rewriteUrl: ({ headers, url = '/' }) => frameUrl(deps, headers.host, url),
  })
  const routes: string[] = []
  app.addHook('onRoute', ({ method, url }) => {
    if (url.startsWith('/simulator')) routes.push(`${[method].flat()[0] ?? ''} ${url}`)
  })

  // Platforms read bodies whatever their Content-Type; so do we.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))

  // Acknowledged means durable.
  app.addHook('onSend', async () => deps.saver.flush())

  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof WorldProblem) {
      const { error: code, message, issues } = error
      return reply.code(STATUS[code]).send({ error: code, message, ...(issues ? { issues } : {}) })
    }
    const status = error.statusCode ?? 500
    if (status >= 500) deps.log.warn(`500 ${error.stack ?? error.message}`)
    return reply.code(status).send({ error: 'bad_input', message: error.message })
  })

  app.setNotFoundHandler((request, reply) => {
    const asked = `${request.method} ${request.url.split('?', 1)[0] ?? ''}`
    const near = closest(asked, routes)
    const message = `There is no ${asked}. Closest: ${near}`
    deps.log.warn(`404 ${message}`)
    return reply.code(404).send({ error: 'unknown_route', message, closest: near })
  })

  logPhoneCalls(app, deps)
  platformRoutes(app, deps)
  phoneRoutes(app, deps)
  peopleRoutes(app, deps)
  controlRoutes(app, deps)
  botRoutes(app, deps)
  messageRoutes(app, deps)
  callRoutes(app, deps)
  sceneRoutes(app, deps)
  eventRoutes(app, deps)
  webRoutes(app, deps)
  officialPages(app, deps)
  webFrames(app, deps, pages.phoneDir)
  pageRoutes(app, pages)
  return app
}
