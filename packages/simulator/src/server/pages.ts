import { existsSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

export interface Pages {
  /** Built page with the phones; absent until `npm run build`. */
  phoneDir: string
  packageJs: string | null
  assetsDir: string | null
}

/** `/` and `/phones/:id`: the page with the phones. `/weapp/…`: the compiled mini-program. */
export const pageRoutes = async (app: FastifyInstance, pages: Pages): Promise<void> => {
  const built = existsSync(path.join(pages.phoneDir, 'index.html'))
  if (built) {
    await app.register(fastifyStatic, { root: pages.phoneDir, prefix: '/', wildcard: false })
    app.get('/phones/:phone', (_request, reply) => reply.sendFile('index.html'))
  } else {
    app.get('/', (_request, reply) => reply.redirect('/simulator/'))
  }
  app.get('/weapp/package.js', (_request, reply) => {
    if (pages.packageJs === null) {
      return reply.code(404).send({
        error: 'not_found',
        message: 'The simulator was started without --weapp, so no mini-program is installed.',
      })
    }
    return reply.type('text/javascript; charset=utf-8').send(pages.packageJs)
  })
  if (pages.assetsDir !== null) {
    await app.register(fastifyStatic, {
      root: pages.assetsDir,
      prefix: '/weapp/assets/',
      decorateReply: false,
      index: false,
    })
  }
}
