import type { Clock, Random, WorldStore } from '../ports.js'
import { seedDemo } from './seed.js'
import { World, type Apps } from './world.js'

export interface LoadOptions {
  apps: Apps
  store: WorldStore | null
  seed: 'demo' | 'empty'
  ports: { clock: Clock; random: Random }
}

/** The saved world, or a new one. The apps are those it is started with now, so that a changed secret counts. */
export const loadWorld = async ({ apps, store, seed, ports }: LoadOptions): Promise<World> => {
  const world = new World(apps, ports)
  const saved = (await store?.load()) ?? null
  if (saved === null) {
    if (seed === 'demo') seedDemo(world)
    return world
  }
  let state: unknown
  try {
    state = JSON.parse(saved)
  } catch {
    throw new Error('The saved world is not JSON. Move world.json away to start a new one.')
  }
  world.import(state)
  world.useApps(apps)
  return world
}
