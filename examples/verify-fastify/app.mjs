import fastify from 'fastify'

/** @param {import('@sealcard/verify').Verifier} verifier @param viewerOf your session: headers → openid, or undefined */
export const createApp = ({ verifier, viewerOf, contentOf }) => {
  const app = fastify()
  app.post('/openings', async (request, reply) => {
    const viewerId = viewerOf(request.headers)
    if (!viewerId) return reply.code(401).send({ code: 'ERR_SESSION' })
    const { shareId, proof } = request.body ?? {}
    const opening = await verifier.open({ viewerId, shareId, proof })
    if (!opening.granted) return reply.code(opening.status).send(opening.body)
    return { content: contentOf(opening.cardId) }
  })
  return app
}
