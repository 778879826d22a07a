import { ViewerEntity } from '../../../src/members/sessions/viewer.entity.js'
import { MINUTE } from '../../../src/core/time.js'
import { onEachDatabase } from '../../kit/opening-databases.js'
import { good, id, type OpeningWorld } from '../../kit/opening-world.js'

onEachDatabase('when a person was last here', (each) => {
  let world: OpeningWorld

  const seen = async (name: string) => {
    const { seenAt } = await each.storage.manager.findOneByOrFail(ViewerEntity, { id: id(name) })
    return world.clock.now() - seenAt
  }

  it('is right to the minute after an opening, also when a clock was ahead', async () => {
    world = await each.begin()
    world.clock.advance(MINUTE - 1)
    await world.words(world.attempt('ann', good('a', 'card')))
    expect(await seen('ann')).toBeLessThan(MINUTE)
    world.clock.advance(1)
    await world.words(
      world.attempt('ann', good('b', 'card')),
      world.attempt('ann', good('c', 'card')),
    )
    expect(await seen('ann')).toBe(0)
    expect(await seen('bob')).toBe(MINUTE)
    world.clock.advance(-MINUTE)
    await world.words(world.attempt('ann', good('d', 'card')))
    expect(await seen('ann')).toBe(0)
  })
})
