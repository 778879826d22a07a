import type { FastifyInstance, FastifyReply } from 'fastify'
import { readBelow } from '../adapters/folder.js'

export interface Pages {
  /** Built page with the phones; absent until `npm run build`. */
  phoneDir: string
  packageJs: string | null
  assetsDir: string | null
}

type Wild = { Params: { '*': string } }

/** `/` and `/phones/:id`: the page with the phones. `/weapp/…`: the compiled mini-program. */
export const pageRoutes = (app: FastifyInstance, pages: Pages): void => {
  const send = async (
    reply: FastifyReply,
    dir: string | null,
    name: string,
  ): Promise<FastifyReply> => {
    const file = dir === null ? null : await readBelow(dir, name)
    if (!file) {
      reply.callNotFound()
      return reply
    }
    return reply.header('cache-control', 'no-cache').type(file.type).send(file.bytes)
  }
  const index = async (reply: FastifyReply): Promise<FastifyReply> => {
    const page = await readBelow(pages.phoneDir, 'index.html')
    if (!page) return reply.redirect('/simulator/')
    return reply.header('cache-control', 'no-cache').type(page.type).send(page.bytes)
  }

  app.get('/', (_request, reply) => index(reply))
  app.get('/phones/:phone', (_request, reply) => index(reply))
  app.get('/weapp/package.js', (_request, reply) => {
    if (pages.packageJs === null) {
      return reply.code(404).send({
        error: 'not_found',
        message: 'The simulator was started without --weapp, so no mini-program is installed.',
      })
    }
    return reply.type('text/javascript; charset=utf-8').send(pages.packageJs)
  })
  app.get<Wild>('/weapp/assets/*', ({ params }, reply) => send(reply, pages.assetsDir, params['*']))
  app.get<Wild>('/*', ({ params }, reply) => send(reply, pages.phoneDir, params['*']))
}
