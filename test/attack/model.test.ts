/** B9: the service and the simulated platforms against a reference model, over random sequences of what people do. */
import { countCases, ManualClock, scale } from '@sealcard/testing'
import fc from 'fast-check'
import { IN_MEMORY, WECHAT, WECOM } from '../../apps/bff/test/kit/config.js'
import { Members } from '../../apps/bff/test/kit/members.js'
import { TestApp } from '../../apps/bff/test/kit/test-app.js'
import { SeededRandom } from '../../packages/simulator/src/adapters/manual.js'
import { fakeApps } from '../../packages/simulator/src/fake-apps.js'
import { World } from '../../packages/simulator/src/world/world.js'
import { Play, type Service, step } from './play.js'
import { SimulatedPlatform } from './simulated-platform.js'

jest.setTimeout(6 * 3600_000)

const clients = ['wechat', 'wecom'] as const
const APP = { wechat: WECHAT, wecom: WECOM }

const outside = () => {
  const clock = new ManualClock()
  const world = () => new World(fakeApps(), { clock, random: new SeededRandom() })
  return {
    clock,
    wechat: new SimulatedPlatform('wechat', world()),
    wecom: new SimulatedPlatform('wecom', world()),
  }
}

const compare = async (
  service: Service,
  platforms: Record<(typeof clients)[number], SimulatedPlatform>,
  sequences: number,
  longest: number,
): Promise<{ granted: number; refused: number }> => {
  const total = { granted: 0, refused: 0 }
  const tell = countCases(sequences)
  let played = 0
  const steps = fc.array(step, { minLength: 6, maxLength: longest, size: 'max' })
  const property = fc.asyncProperty(
    fc.constantFrom(...clients),
    steps,
    async (client, sequence) => {
      const play = new Play(service, platforms[client], APP[client], `play${played++}`)
      const place = 'group'
      await play.run({ do: 'share', who: 'lin', place, maxViewers: 9, expires: null })
      for (const next of sequence) await play.run(next)
      await play.finish()
      tell(played)
      total.granted += play.granted
      total.refused += play.refused
    },
  )
  await fc.assert(property, { numRuns: sequences, seed: 20_260_101 })
  return total
}

test('B9 random sequences: 0 divergences from the model', async () => {
  const around = outside()
  const app = await TestApp.start(IN_MEMORY, around)
  const sequences = scale(800, 95_000, 150)
  const members = new Members(app)
  const service = { app: () => app, members: () => members, restart: async () => {} }
  const { granted, refused } = await compare(service, around, sequences, 16)
  await app.stop()
  // Not empty: many were let in, and many were not.
  expect(granted).toBeGreaterThan(sequences)
  expect(refused).toBeGreaterThan(sequences / 2)
})

test('B9 the same served by two processes in turn, which are restarted: 0 divergences', async () => {
  const around = outside()
  const first = await TestApp.start({}, around)
  const processes = [first, await first.beside()].map(served)
  let turn = 0
  const next = () => {
    const one = processes[turn++ % processes.length]
    if (!one) throw new Error('no process')
    return one
  }
  const service: Service = {
    app: () => next().app,
    members: () => next().members,
    restart: async () => {
      const [oldest] = processes.splice(0, 1)
      if (oldest) processes.push(served(await oldest.app.restart()))
    },
  }
  const { granted } = await compare(service, around, scale(40, 5_000, 20), 16)
  expect(granted).toBeGreaterThan(scale(40, 5_000, 20))
  const [last, ...rest] = processes
  for (const { app } of rest) await app.nest.close()
  await last?.app.stop()
})

const served = (app: TestApp) => ({ app, members: new Members(app) })
