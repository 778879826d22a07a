import { AuditBrokenError } from '../../../src/audit/chain-head.js'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { MINUTE } from '../../../src/core/time.js'
import { CardEntity, CardViewerEntity } from '../../../src/members/cards/card.entity.js'
import { OpeningEntity, ProofEntity } from '../../../src/members/openings/opening.entity.js'
import { SessionEntity } from '../../../src/members/sessions/session.entity.js'
import type { EntityManager } from 'typeorm'
import { counted, onEachDatabase, times } from '../../kit/opening-databases.js'
import { bad, good, id } from '../../kit/opening-world.js'

onEachDatabase('openings in groups', (each) => {
  describe('in one group', () => {
    test('B6 one proof sent twice gives one opening, and another person’s use of it gives none', async () => {
      const world = await each.begin()
      const transact = jest.spyOn(world.audit, 'transact')
      const [twice, again, other] = await world.judge.judgeGroup([
        world.attempt('ann', good('p', 'card')),
        world.attempt('ann', good('p', 'card')),
        world.attempt('bob', good('p', 'card')),
      ])
      expect(transact).toHaveBeenCalledTimes(1)
      expect(twice?.value).toMatchObject({ kind: 'granted' })
      expect(again?.value).toMatchObject({ opening: (twice?.value as { opening: object }).opening })
      expect(other?.value).toMatchObject({ kind: 'refused', reason: 'proof_used' })
      expect([await each.count('granted'), await each.storage.manager.count(ProofEntity)]).toEqual([
        1, 1,
      ])
      expect(await each.storage.manager.find(CardEntity)).toMatchObject([
        { viewerCount: 1, openCount: 1, refusedCount: 1 },
      ])
      await each.expectIntact(world)
    })

    test('B6 a proof that was refused to a recipient is used, and sent again it is refused alike', async () => {
      const world = await each.begin({}, ['ann', 'bob'])
      await world.card('full', { maxViewers: 1 })
      const full = (name: string, proof: string) => world.attempt(name, good(proof, 'full'))
      const words = await world.words(
        full('ann', 'a'),
        full('bob', 'b'),
        full('bob', 'b'),
        full('ann', 'b'),
      )
      expect(words).toEqual(['granted', 'view_limit', 'view_limit', 'proof_used'])
      expect(await each.count('refused')).toBe(1)
      expect(await each.storage.manager.findBy(CardEntity, { id: id('full') })).toMatchObject([
        { refusedCount: 2 },
      ])
    })

    test('B10 exactly maxViewers people see the card, in the order of arrival', async () => {
      const people = times(40, (n) => `p${n}`)
      const world = await each.begin({}, people)
      await world.card('seven', { maxViewers: 7 })
      const words = await world.words(
        ...people.map((name) => world.attempt(name, good(name, 'seven'))),
      )
      expect(words).toEqual(people.map((_, n) => (n < 7 ? 'granted' : 'view_limit')))
      const again = await world.words(
        ...people.map((name) => world.attempt(name, good(`${name}-2`, 'seven'))),
      )
      expect(again).toEqual(words)
      const seven = await each.storage.manager.findOneBy(CardEntity, { id: id('seven') })
      expect(seven).toMatchObject({ viewerCount: 7, openCount: 14, refusedCount: 66 })
      expect(await each.storage.manager.countBy(CardViewerEntity, { opens: 2 })).toBe(7)
      await each.expectIntact(world)
    })

    test('B10 each person gets exactly maxOpensPerViewer openings, counted apart', async () => {
      const world = await each.begin()
      await world.card('three', { maxOpensPerViewer: 3 })
      const turn = (n: number) =>
        ['ann', 'bob'].map((name) => world.attempt(name, good(`${name}${n}`, 'three')))
      const words = await world.words(...times(5, turn).flat())
      expect(words).toEqual(times(10, (n) => (n < 6 ? 'granted' : 'view_limit')))
      expect(await each.storage.manager.countBy(CardViewerEntity, { opens: 3 })).toBe(2)
    })

    test('B3 rejected proofs end the session at exactly the tenth; later requests have no session', async () => {
      const world = await each.begin({ rejectedProofsPerSession: 10 })
      const attempts = [...times(4, (n) => world.attempt('ann', bad(`early${n}`, 'card')))]
      expect(await world.words(...attempts)).toEqual(times(4, () => 'proof_not_opened'))
      const words = await world.words(
        ...times(6, (n) => world.attempt('ann', bad(`late${n}`, 'card'))),
        world.attempt('ann', good('good', 'card')),
        world.attempt('bob', good('other', 'card')),
      )
      expect(words).toEqual([...times(6, () => 'proof_not_opened'), 'session_not_live', 'granted'])
      expect(await each.count('rejected')).toBe(10)
      expect(
        await each.storage.manager.findBy(SessionEntity, { endedAt: world.clock.now() }),
      ).toMatchObject([{ id: id('ann') }])
      expect(await each.told({ kind: 'session.end', reason: 'rejected_proofs' })).toBe(1)
      await each.expectIntact(world)
    })

    test('B3 the ninth does not end it', async () => {
      const world = await each.begin({ rejectedProofsPerSession: 10 })
      await world.words(...times(9, (n) => world.attempt('ann', bad(`p${n}`, 'card'))))
      expect(await world.words(world.attempt('ann', good('good', 'card')))).toEqual(['granted'])
      await each.expectIntact(world)
    })

    test('B3 a person’s rejected proofs count over their sessions, for an hour, and stop good ones, too', async () => {
      const world = await each.begin({ rejectedProofsPerPersonPerHour: 5 }, [])
      await world.person('ann', ['phone', 'pad'])
      const words = await world.words(
        ...times(6, (n) => world.attempt('ann', bad(`p${n}`, 'card'), n % 2 ? 'phone' : 'pad')),
        world.attempt('ann', good('good', 'card'), 'phone'),
      )
      expect(words).toEqual([...times(5, () => 'proof_not_opened'), 'limited', 'limited'])
      expect(
        await each.told({
          subject: id('share-card'),
          reason: 'rate_limited network=203.0.113.0/24',
        }),
      ).toBe(1)
      world.clock.advance(60 * MINUTE - 1)
      expect(await world.words(world.attempt('ann', good('x', 'card'), 'pad'))).toEqual(['limited'])
      world.clock.advance(1)
      expect(await world.words(world.attempt('ann', good('y', 'card'), 'pad'))).toEqual(['granted'])
    })

    test('a person’s openings count within a minute; what is sent again is not counted', async () => {
      const world = await each.begin({ openingsPerPersonPerMinute: 6 })
      expect(await world.words(world.attempt('ann', good('first', 'card')))).toEqual(['granted'])
      const again = world.attempt('ann', good('first', 'card'))
      const fresh = times(6, (n) => world.attempt('ann', good(`p${n}`, 'card')))
      expect(
        await world.words(again, ...fresh, again, world.attempt('bob', good('b', 'card'))),
      ).toEqual(['granted', ...times(5, () => 'granted'), 'limited', 'limited', 'granted'])
      world.clock.advance(MINUTE)
      expect(await world.words(world.attempt('ann', good('later', 'card')))).toEqual(['granted'])
    })

    test('the owner’s own card counts for nothing among the openings of others', async () => {
      const world = await each.begin()
      await world.card('one', { maxViewers: 1 })
      const words = await world.words(
        world.attempt('owner', good('o', 'one')),
        world.attempt('ann', good('a', 'one')),
        world.attempt('owner', bad('o2', 'one')),
      )
      expect(words).toEqual(['own', 'granted', 'own'])
      expect(await each.storage.manager.count(OpeningEntity)).toBe(1)
    })

    test('every member of a group has the group’s time, and the audit their order', async () => {
      const people = times(20, (n) => `p${n}`)
      const world = await each.begin({}, people)
      await world.words(
        ...people.map((name, n) =>
          world.attempt(name, n % 3 ? good(name, 'card') : bad(name, 'card')),
        ),
      )
      const entries = await each.storage.manager.find(AuditEntryEntity, { order: { seq: 'ASC' } })
      expect(entries.map(({ actor }) => actor)).toEqual(people.map(id))
      expect(new Set(entries.map(({ at }) => at))).toEqual(new Set([world.clock.now()]))
      await each.expectIntact(world)
    })
  })

  describe('a member that fails', () => {
    /** The database refuses a row of this person: a constraint that only theirs breaks. */
    const refuses = async (viewerId: string) => {
      const { type } = each.storage.options
      if (type === 'postgres') {
        await each.storage.query(
          `ALTER TABLE openings ADD CONSTRAINT refuse_one CHECK (viewer_id <> '${viewerId}')`,
        )
        return
      }
      await each.storage.query(
        `CREATE TRIGGER refuse_one BEFORE INSERT ON openings WHEN new.viewer_id = '${viewerId}'
        BEGIN SELECT RAISE(ABORT, 'refused'); END`,
      )
    }

    test('by a constraint: it fails alone, and every other one is done once', async () => {
      const people = times(30, (n) => `p${n}`)
      const world = await each.begin({}, people)
      await world.card('all', { maxViewers: 29 })
      await refuses(id('p13'))
      const outcomes = await world.judge.judgeGroup(
        people.map((name) => world.attempt(name, good(name, 'all'))),
      )
      expect(outcomes.flatMap(({ value }, n) => (value?.kind === 'granted' ? [] : [n]))).toEqual([
        13,
      ])
      expect(outcomes[13]?.error).toBeInstanceOf(Error)
      expect([await each.count('granted'), await each.told({ kind: 'opening' })]).toEqual([29, 29])
      expect(await each.storage.manager.findBy(CardEntity, { id: id('all') })).toMatchObject([
        { viewerCount: 29, openCount: 29 },
      ])
      await each.expectIntact(world)
    })

    test('by a content that does not open: nothing of it is counted, and its proof can be used later', async () => {
      const world = await each.begin()
      await world.card('damaged', { maxViewers: 1 }, { sealedBody: 'v1.k1.damaged' })
      const transact = jest.spyOn(world.audit, 'transact')
      const outcomes = await world.judge.judgeGroup([
        world.attempt('ann', good('a', 'damaged')),
        world.attempt('bob', good('b', 'card')),
        world.attempt('ann', good('c', 'card')),
      ])
      expect(outcomes.map(({ value }) => value?.kind)).toEqual([undefined, 'granted', 'granted'])
      expect(transact).toHaveBeenCalledTimes(1)
      const mended = world.content.seal(id('damaged'), { title: 'T', body: 'B' })
      await each.storage.manager.update(CardEntity, { id: id('damaged') }, mended)
      expect(await world.words(world.attempt('ann', good('a', 'damaged')))).toEqual(['granted'])
      await each.expectIntact(world)
    })

    test('by a transaction that lost for good: every member that does not lose is done', async () => {
      const world = await each.begin()
      const real = each.storage.transaction.bind(each.storage) as (
        work: unknown,
      ) => Promise<unknown>
      const lost = Object.assign(new Error('could not serialize access'), { code: '40001' })
      const groups: number[] = []
      jest.spyOn(each.storage, 'transaction').mockImplementation((async (
        work: (manager: unknown) => Promise<unknown>,
      ) =>
        real(async (manager: unknown) => {
          const result = (await work(manager)) as unknown[]
          groups.push(result.length)
          const poisoned = await (manager as EntityManager).countBy(OpeningEntity, {
            viewerId: id('bob'),
          })
          if (poisoned > 0) throw lost
          return result
        })) as never)
      const words = await world.words(
        world.attempt('ann', good('a', 'card')),
        world.attempt('bob', good('b', 'card')),
        world.attempt('owner', good('o', 'card')),
      )
      jest.restoreAllMocks()
      expect(words).toEqual(['granted', '40001', 'own'])
      // Four tries of each group that loses: of three, of the two behind the first, and of the one.
      expect(counted(groups.map(String))).toEqual({ '3': 4, '1': 6, '2': 4 })
      await each.expectIntact(world)
    })

    test.each([
      ['an outage', Object.assign(new Error('down'), { code: 'SQLITE_FULL' }), 'SQLITE_FULL'],
      ['a broken chain', new AuditBrokenError('chain', 7, 'is gone'), 'ERR_AUDIT_BROKEN'],
    ])(
      '%s fails all of them at once, and is not tried member by member',
      async (_, error, code) => {
        const world = await each.begin()
        const tries = jest.spyOn(each.storage, 'transaction').mockRejectedValue(error)
        const words = await world.words(
          ...times(8, (n) => world.attempt('ann', good(`p${n}`, 'card'))),
        )
        expect(words).toEqual(times(8, () => code))
        expect(tries).toHaveBeenCalledTimes(1)
        jest.restoreAllMocks()
      },
    )

    test('because they were erased a moment ago: ERR_SESSION, and nothing is recorded of them', async () => {
      const world = await each.begin()
      const ghost = world.attempt('ghost', good('g', 'card'))
      expect(await world.words(ghost, world.attempt('ann', good('a', 'card')))).toEqual([
        'ERR_SESSION',
        'granted',
      ])
      expect(await each.storage.manager.countBy(OpeningEntity, { viewerId: id('ghost') })).toBe(0)
    })
  })

  describe('through the queue', () => {
    test('B11 a revocation that was queued before is seen by the group behind it', async () => {
      const people = times(20, (n) => `p${n}`)
      const world = await each.begin({}, people)
      let begun = () => {}
      const started = new Promise<void>((resolve) => (begun = resolve))
      let end = () => {}
      const held = world.audit.transact(async () => {
        begun()
        await new Promise<void>((resolve) => (end = resolve))
      })
      await started
      const revoked = world.audit.transact(({ manager }) =>
        manager.update(CardEntity, { id: id('card') }, { revokedAt: world.clock.now() }),
      )
      const answers = people.map((name) =>
        world.judge.judge(world.attempt(name, good(name, 'card'))),
      )
      end()
      await Promise.all([held, revoked])
      for (const answer of await Promise.all(answers))
        expect(answer).toMatchObject({ reason: 'card_revoked' })
      expect(await each.count('granted')).toBe(0)
    })

    test('no member is answered before the commit of their group', async () => {
      const world = await each.begin()
      let committed = false
      const real = each.storage.transaction.bind(each.storage) as (
        work: unknown,
      ) => Promise<unknown>
      jest.spyOn(each.storage, 'transaction').mockImplementation(async (work: unknown) => {
        const result = await real(work)
        for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate)
        committed = true
        return result
      })
      await Promise.all(
        ['ann', 'bob'].map(async (name) => {
          await world.judge.judge(world.attempt(name, good(name, 'card')))
          expect(committed).toBe(true)
        }),
      )
      jest.restoreAllMocks()
    })

    test('hundreds at once: groups of at most 128, at most 8 of one person, and all are answered', async () => {
      const people = times(150, (n) => `p${n}`)
      const world = await each.begin({}, ['ann', ...people])
      const groups: string[][] = []
      const judgeGroup = world.judge.judgeGroup.bind(world.judge)
      jest.spyOn(world.judge, 'judgeGroup').mockImplementation((group) => {
        groups.push(group.map(({ me }) => me.viewerId))
        return judgeGroup(group)
      })
      const attempts = [
        ...times(20, (n) => world.attempt('ann', good(`a${n}`, 'card'))),
        ...people.map((name) => world.attempt(name, good(name, 'card'))),
      ]
      const answers = await Promise.all(attempts.map((attempt) => world.judge.judge(attempt)))
      expect(counted(answers.map(({ kind }) => kind))).toEqual({ granted: 170 })
      expect(groups.map(({ length }) => length)).toEqual([128, 38, 4])
      const metrics = await world.metrics.text()
      for (const line of [
        'sealcard_openings_group_size_bucket{le="4"} 1',
        'sealcard_openings_group_size_bucket{le="64"} 2',
        'sealcard_openings_group_size_count 3',
        'sealcard_openings_group_size_sum 170',
        'sealcard_audit_turn_wait_seconds_count 3',
        'sealcard_audit_commit_seconds_count 3',
      ])
        expect(metrics).toContain(line)
      expect(groups.map((ids) => ids.filter((who) => who === id('ann')).length)).toEqual([8, 8, 4])
      await each.expectIntact(world)
    })
  })
})
