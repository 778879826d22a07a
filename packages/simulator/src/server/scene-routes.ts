import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { notFound } from '../world/problem.js'
import { SCENE_IDS, sendToStranger, stage, type SceneId } from '../world/scenes.js'
import type { Deps } from './deps.js'
import { json, parsed } from './input.js'

const StrangerBody = z.strictObject({ card: z.string().optional() })

/** Ready scenes, each set anew whenever it is asked for. */
export const sceneRoutes = (app: FastifyInstance, { world, calls, requests }: Deps): void => {
  app.get('/simulator/scenes', () => ({ scenes: SCENE_IDS }))

  app.post('/simulator/scenes/stranger', async ({ body }, reply) =>
    reply.code(201).send(sendToStranger(world, parsed(StrangerBody, json(body)).card)),
  )

  app.post<{ Params: { scene: string } }>('/simulator/scenes/:scene', ({ params }) => {
    const scene = SCENE_IDS.find((one) => one === params.scene)
    if (!scene) throw notFound('scene', params.scene)
    stage(world, scene satisfies SceneId)
    calls.clear()
    requests.clear()
    return { scene }
  })
}
