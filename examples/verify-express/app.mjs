import express from 'express'

/** @param {import('@sealcard/verify').Verifier} verifier @param viewerOf your session: headers → openid, or undefined */
export const createApp = ({ verifier, viewerOf, contentOf }) => {
  const app = express()
  app.use(express.json())
  app.post('/openings', async (request, response) => {
    const viewerId = viewerOf(request.headers)
    if (!viewerId) return response.status(401).json({ code: 'ERR_SESSION' })
    const { shareId, proof } = request.body ?? {}
    const opening = await verifier.open({ viewerId, shareId, proof })
    if (!opening.granted) return response.status(opening.status).json(opening.body)
    response.json({ content: contentOf(opening.cardId) })
  })
  return app
}
