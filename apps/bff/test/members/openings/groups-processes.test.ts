import { countCases } from '@sealcard/testing'
import { CardEntity, CardViewerEntity } from '../../../src/members/cards/card.entity.js'
import { counted, onEachDatabase, times } from '../../kit/opening-databases.js'
import { bad, good, id } from '../../kit/opening-world.js'

onEachDatabase('openings in groups', (each) => {
  describe('in two processes on one database', () => {
    test('B6 B10 one proof opens once, and limits are exact', async () => {
      const people = times(60, (n) => `p${n}`)
      const world = await each.begin({}, people)
      await world.card('twenty', { maxViewers: 20, maxOpensPerViewer: 2 })
      const other = await each.beside(world)
      countCases(people.length * 4)
      const judged = people.flatMap((name, n) =>
        // The same proof in both, and more of them than the person may open; in opposite order, as networks deliver.
        [world, other.world].flatMap((at, side) =>
          (side ? ['x', 'y'] : ['y', 'x']).map((proof) =>
            at.judge.judge(
              at.attempt(
                people[side ? n : people.length - 1 - n] ?? name,
                good(`${side ? name : people[people.length - 1 - n]}${proof}`, 'twenty'),
              ),
            ),
          ),
        ),
      )
      const answers = await Promise.all(judged)
      const granted = answers.flatMap((answer) =>
        answer.kind === 'granted' ? [answer.opening.id] : [],
      )
      expect(new Set(granted).size).toBe(await each.count('granted'))
      const card = await each.storage.manager.findOneByOrFail(CardEntity, { id: id('twenty') })
      expect(card).toMatchObject({ viewerCount: 20, openCount: 40 })
      expect(await each.count('granted')).toBe(40)
      expect(await each.storage.manager.countBy(CardViewerEntity, { opens: 2 })).toBe(20)
      await each.expectIntact(world)
      await other.stop()
    })

    test('B3 a session ends at exactly the tenth rejected proof of both', async () => {
      const world = await each.begin({ rejectedProofsPerSession: 10 })
      const other = await each.beside(world)
      const answers = await Promise.all(
        times(40, (n) => {
          const at = n % 2 ? world : other.world
          return at.judge.judge(at.attempt('ann', bad(`p${n}`, 'card')))
        }),
      )
      expect(
        counted(answers.map((answer) => (answer.kind === 'refused' ? answer.code : answer.kind))),
      ).toEqual({
        ERR_PROOF_REJECTED: 10,
        ERR_SESSION: 30,
      })
      expect(await each.told({ kind: 'session.end' })).toBe(1)
      await each.expectIntact(world)
      await other.stop()
    })

    test('B11 a revocation that the other process answered is seen', async () => {
      const people = times(40, (n) => `p${n}`)
      const world = await each.begin({}, people)
      const other = await each.beside(world)
      const early = people
        .slice(0, 20)
        .map((name) => world.judge.judge(world.attempt(name, good(name, 'card'))))
      await other.world.audit.transact(({ manager }) =>
        manager.update(CardEntity, { id: id('card') }, { revokedAt: world.clock.now() }),
      )
      const late = people
        .slice(20)
        .map((name) => world.judge.judge(world.attempt(name, good(name, 'card'))))
      for (const answer of await Promise.all(late))
        expect(answer).toMatchObject({ reason: 'card_revoked' })
      const granted = (await Promise.all(early)).filter(({ kind }) => kind === 'granted').length
      expect(await each.storage.manager.findBy(CardEntity, { id: id('card') })).toMatchObject([
        { openCount: granted },
      ])
      await other.stop()
    })
  })
})
