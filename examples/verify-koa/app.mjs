import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import Koa from 'koa'

/** @param {import('@sealcard/verify').Verifier} verifier @param viewerOf your session: headers → openid, or undefined */
export const createApp = ({ verifier, viewerOf, contentOf }) => {
  const answer = (context, status, body) => Object.assign(context, { status, body })
  const router = new Router().post('/openings', async (context) => {
    const viewerId = viewerOf(context.headers)
    if (!viewerId) return answer(context, 401, { code: 'ERR_SESSION' })
    const { shareId, proof } = context.request.body ?? {}
    const opening = await verifier.open({ viewerId, shareId, proof })
    if (!opening.granted) return answer(context, opening.status, opening.body)
    answer(context, 200, { content: contentOf(opening.cardId) })
  })
  return new Koa().use(bodyParser()).use(router.routes())
}
