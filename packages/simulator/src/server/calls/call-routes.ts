import type { FastifyInstance } from 'fastify'
import { badInput, notFound } from '../../world/problem.js'
import type { Deps } from '../deps.js'
import { asTest, isTestable } from './as-test.js'

/** `/simulator/calls`: the log that the desk shows. */
export const callRoutes = (app: FastifyInstance, { calls }: Deps): void => {
  app.get('/simulator/calls', () => calls.list())

  app.delete('/simulator/calls', () => {
    calls.clear()
    return calls.list()
  })

  app.get<{ Params: { n: string } }>('/simulator/calls/:n/test', async ({ params }, reply) => {
    const call = calls.get(Number(params.n))
    if (!call) throw notFound('call', params.n)
    if (!isTestable(call))
      throw badInput('n', `a test cannot repeat ${call.name}: it needs secrets, or is a server's`)
    const before = calls.list().calls.filter(({ n }) => n < call.n)
    return reply.type('text/javascript; charset=utf-8').send(asTest(call, before))
  })
}
