import fc from 'fast-check'
import { serial } from '../src/serial.js'

describe('serial', () => {
  it('never runs two at once and keeps their order, whatever fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(3), fc.boolean())), async (tasks) => {
        const inOrder = serial()
        const log: number[] = []
        let running = 0
        const results = await Promise.allSettled(
          tasks.map(([ticks, fails], i) =>
            inOrder(async () => {
              expect(++running).toBe(1)
              for (let n = 0; n < ticks; n++) await Promise.resolve()
              running--
              log.push(i)
              if (fails) throw new Error(String(i))
            }),
          ),
        )
        expect(log).toEqual(tasks.map((_, i) => i))
        expect(results.map(({ status }) => status === 'rejected')).toEqual(tasks.map(([, f]) => f))
      }),
    )
  })
})
