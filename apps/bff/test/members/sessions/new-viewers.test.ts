import { Vault } from '../../../src/core/crypto/vault.js'
import { CLOCK } from '../../../src/core/ports/clock.js'
import { RANDOM } from '../../../src/core/ports/random.js'
import { LIMIT_MOVES } from '../../../src/members/sessions/limit-moves.js'
import {
  type NewPerson,
  NewViewers,
  type Recorded,
} from '../../../src/members/sessions/new-viewers.js'
import { ViewerEntity } from '../../../src/members/sessions/viewer.entity.js'
import { ViewerRepository } from '../../../src/members/sessions/viewer.repository.js'
import { WECHAT } from '../../kit/config.js'
import { againOverPostgres } from '../../kit/on-postgres.js'
import { times } from '../../kit/opening-databases.js'
import { TestApp } from '../../kit/test-app.js'

const suite = (): void => {
  let app: TestApp
  let people: NewViewers
  beforeEach(async () => {
    app = await TestApp.start()
    const of = <T>(token: string | symbol) => app.nest.get<T>(token, { strict: false })
    people = new NewViewers(
      app.storage,
      app.nest.get(Vault),
      of(CLOCK),
      of(RANDOM),
      of(LIMIT_MOVES),
    )
  })
  afterEach(() => app.stop())

  const person = (name: string): NewPerson => ({
    appId: WECHAT,
    viewerKey: name,
    lookup: `lookup-${name}`,
    traces: [`trace-${name}`],
  })
  const count = () => app.storage.manager.count(ViewerEntity)
  const keyOf = (recorded: Recorded | undefined) =>
    app.nest.get(ViewerRepository, { strict: false }).keyOf(recorded?.id ?? '')

  test('people who come for the first time at the same time share one transaction', async () => {
    const transaction = jest.spyOn(app.storage, 'transaction')
    const names = times(100, (n) => `p${n}`)
    const all = await Promise.all(names.map((name) => people.add(person(name))))
    expect(transaction).toHaveBeenCalledTimes(1)
    expect(await Promise.all(all.map(keyOf))).toEqual(names)
  })

  test('one person who comes twice at the same time is one person', async () => {
    const [first, second] = await Promise.all(
      ['ann', 'ann'].map((name) => people.add(person(name))),
    )
    expect(first).toBeDefined()
    expect(second).toEqual(first)
    expect(await count()).toBe(1)
  })

  test('a person who is there by now is no new one, and the others of the group are', async () => {
    const ann = await people.add(person('ann'))
    const again = await Promise.all(['bob', 'ann', 'cat'].map((name) => people.add(person(name))))
    expect(again.map((one) => typeof one)).toEqual(['object', 'undefined', 'object'])
    expect(await keyOf(ann)).toBe('ann')
    expect(await count()).toBe(3)
  })

  test('a person whom the database refuses fails alone', async () => {
    await app.storage.query(
      app.storage.options.type === 'postgres'
        ? `ALTER TABLE viewers ADD CONSTRAINT refuse_one CHECK (lookup <> 'lookup-p13')`
        : `CREATE TRIGGER refuse_one BEFORE INSERT ON viewers WHEN new.lookup = 'lookup-p13'
          BEGIN SELECT RAISE(ABORT, 'refused'); END`,
    )
    const all = times(40, (n) => people.add(person(`p${n}`)))
    const results = await Promise.allSettled(all)
    expect(results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []))).toEqual([13])
    expect(await count()).toBe(39)
  })

  test('people wait once for a row that another process keeps, and fail together', async () => {
    const kept = Object.assign(new Error('refused by the database'), { code: '55P03' })
    const transaction = jest.spyOn(app.storage, 'transaction').mockRejectedValue(kept)
    const results = await Promise.allSettled(times(40, (n) => people.add(person(`p${n}`))))
    expect(transaction).toHaveBeenCalledTimes(1)
    expect(results).toEqual(times(40, () => ({ status: 'rejected', reason: kept })))
    transaction.mockRestore()
    expect(await people.add(person('p0'))).toBeDefined()
  })
}

describe('first logins in groups', suite)
againOverPostgres({ 'first logins in groups': suite })
