import { Column, type DataSource, Entity, PrimaryColumn } from 'typeorm'
import { epoch, int64 } from '../../src/database/columns.js'
import { dataMap, policyFaults } from '../../src/database/data-map.js'
import { DataPolicy, Purpose } from '../../src/database/data-policy.js'
import { PERSON_TABLES } from '../../src/lifecycle/across-tables.js'
import { personTables } from '../../src/lifecycle/person-tables.js'
import { retentionRules } from '../../src/lifecycle/retention.service.js'
import { sealedColumns } from '../../src/lifecycle/sealed-columns.js'
import { createDataSource } from '../../src/schema/data-source.js'
import { entities } from '../../src/schema/entities.js'

const memory = { kind: 'sqlite', file: ':memory:', engine: 'sqlite3' } as const

/** Looks at the service's entities and these. */
const withEntities = async <T>(added: (new () => object)[], look: (storage: DataSource) => T) => {
  const storage = await createDataSource(memory, { entities: [...entities, ...added] }).initialize()
  try {
    return look(storage)
  } finally {
    await storage.destroy()
  }
}

/** What is wrong with an entity that the service gets. */
const faultsOf = (entity: new () => object) => withEntities([entity], policyFaults)

const text = { type: 'varchar', length: 22 } as const

describe('G1 the data policy of the service', () => {
  test('is at every table and every column, and nothing in it contradicts itself', () =>
    withEntities([], (storage) => {
      expect(policyFaults(storage)).toEqual([])
      expect(dataMap(storage)).toHaveLength(entities.length)
    }))

  test('says of every table that names a person what an erasure does, and each has its place', () =>
    withEntities([], (storage) => {
      const naming = dataMap(storage).filter(({ columns }) =>
        columns.some(({ person, personal }) => person !== undefined || personal),
      )
      const [people, administrators] = [
        naming.filter(({ policy }) => policy.erasure !== undefined),
        naming.filter(({ policy }) => policy.administrators),
      ]
      expect(people.length + administrators.length).toBe(naming.length)
      expect(personTables(storage).map(({ table }) => table)).toHaveLength(people.length)
    }))
})

describe('an entity that is added', () => {
  @Entity('unthought')
  class Unthought {
    @PrimaryColumn(text)
    id: string
  }

  test('without a policy is named, and nothing of the service works with it', async () => {
    expect(await faultsOf(Unthought)).toEqual(['unthought has no @DataPolicy'])
    for (const collect of [dataMap, personTables, retentionRules, sealedColumns])
      await expect(withEntities([Unthought], (storage) => void collect(storage))).rejects.toThrow(
        'data policy: unthought has no @DataPolicy',
      )
  })

  test('with a column that has no purpose is named with the column', async () => {
    class Base {
      @Purpose('inherited')
      @PrimaryColumn(text)
      id: string
    }
    @Entity('forgotten')
    @DataPolicy({ until: 'service' })
    class Forgotten extends Base {
      @Column({ ...text, name: 'no_purpose' })
      noPurpose: string
    }
    expect(await faultsOf(Forgotten)).toEqual(['forgotten.no_purpose has no @Purpose'])
  })

  test('with a column that names a person needs an erasure', async () => {
    @Entity('visits')
    @DataPolicy({ until: 'service' })
    class Visit {
      @Purpose('who', { person: 'id' })
      @PrimaryColumn({ ...text, name: 'viewer_id' })
      viewerId: string
    }
    expect(await faultsOf(Visit)).toEqual([
      'visits.viewer_id names a person: the table needs an erasure',
    ])
  })

  test('that holds data about a person must name the person', async () => {
    @Entity('moods')
    @DataPolicy({ until: 'service' })
    class Mood {
      @Purpose('how they felt', { personal: true })
      @PrimaryColumn(text)
      mood: string
    }
    expect(await faultsOf(Mood)).toEqual(['moods.mood is personal, and no column names the person'])
  })

  test('whose rows stay after an erasure keeps no name of the person', async () => {
    @Entity('notes')
    @DataPolicy({ until: 'service', erasure: 'columns' })
    class Note {
      @Purpose('who', { person: 'id' })
      @PrimaryColumn({ ...text, name: 'viewer_id' })
      viewerId: string

      @Purpose('what they wrote', { personal: true, erased: 'null' })
      @Column(text)
      words: string
    }
    expect(await faultsOf(Note)).toEqual([
      "notes.viewer_id names a person after the erasure 'columns'",
      'notes.words is erased and cannot be null',
    ])
  })

  test('with a good erasure needs a place in the order of erasing', async () => {
    @Entity('places')
    @DataPolicy({ until: 'viewer', erasure: 'delete' })
    class Place {
      @Purpose('who', { person: 'id' })
      @PrimaryColumn({ ...text, name: 'viewer_id' })
      viewerId: string
    }
    expect(await faultsOf(Place)).toEqual([])
    await expect(withEntities([Place], (storage) => void personTables(storage))).rejects.toThrow(
      /^PERSON_TABLES must name these tables, once each: .*\bplaces\b/,
    )
  })

  test('that is found through another table is erased before it', async () => {
    const wrong = ['viewers', ...PERSON_TABLES.filter((table) => table !== 'viewers')]
    await expect(withEntities([], (storage) => void personTables(storage, wrong))).rejects.toThrow(
      'rows of bot_callbacks are found through viewers; it goes later',
    )
  })

  test('whose rows wait for another table names one with rules of its own', async () => {
    @Entity('tails')
    @DataPolicy<Tail>({
      until: 'share',
      retention: [{ name: 'tails', due: [{ since: 'at', ms: 1 }], after: 'viewers' }],
    })
    class Tail {
      @Purpose('when')
      @PrimaryColumn(epoch('at'))
      at: number
    }
    expect(await faultsOf(Tail)).toEqual([
      'tails: the rule tails runs after viewers, which has no rule before it',
    ])
  })

  test('whose policy contradicts itself is named with each contradiction', async () => {
    @Entity('ghosts')
    @DataPolicy<Ghost>({
      until: 'content',
      retention: [
        { name: 'ghosts', due: [{ since: 'at', ms: 1 }], blank: 'at', audited: 'card.erase' },
      ],
      erasure: 'delete',
      administrators: true,
    })
    class Ghost {
      @Purpose('names it', { until: 'service' })
      @PrimaryColumn(text)
      name: string

      @Purpose('what it says', { erased: 'null' })
      @Column({ ...text, nullable: true })
      words: string | null

      @Purpose('when', { until: 'service' })
      @Column(epoch('at'))
      at: number
    }
    expect(await faultsOf(Ghost)).toEqual([
      'ghosts has an erasure and no column that names a person',
      'ghosts is about a person or about administrators, not both',
      "ghosts.words is erased only by the erasure 'columns'",
      "ghosts: the rule ghosts blanks at, which does not stay 'content'",
      'ghosts: the rule ghosts is audited by id',
    ])
  })

  test('with a column called sealed says what it is sealed for, and has one key', async () => {
    @Entity('letters')
    @DataPolicy({ until: 'service' })
    class Letter {
      @Purpose('of whom')
      @PrimaryColumn(text)
      from: string

      @Purpose('to whom')
      @PrimaryColumn(text)
      to: string

      @Purpose('what it says')
      @Column({ type: 'text', name: 'sealed_text' })
      sealedText: string

      @Purpose('how it is signed', { sealed: { for: 'name', toldTo: 'nobody' } })
      @Column({ type: 'text' })
      name: string
    }
    expect(await faultsOf(Letter)).toEqual([
      'letters.name is sealed: the table needs one primary key',
      'letters.sealed_text is called sealed, and its policy does not say so',
    ])
  })

  test('that does not stay for ever has a rule for each word, about its own times', async () => {
    @Entity('drafts')
    @DataPolicy<Draft>({
      until: 'share',
      retention: [
        { name: 'drafts', until: 'opening', due: [{ since: 'size', ms: 1 }] },
        { name: 'blanks', until: 'content', due: [{ since: 'at', ms: 1 }], blank: 'words' },
      ],
    })
    class Draft {
      @Purpose('names it')
      @PrimaryColumn(text)
      id: string

      @Purpose('what it says', { until: 'content' })
      @Column(text)
      words: string

      @Purpose('how long it is', { until: 'service' })
      @Column(int64('size'))
      size: number

      @Purpose('when', { until: 'service' })
      @Column(epoch('at'))
      at: number
    }
    expect(await faultsOf(Draft)).toEqual([
      "drafts.id stays 'share', and no rule of the table says when",
      'drafts.words cannot become null',
      'drafts: the rule drafts counts from size, which is no time',
      "drafts: the rule drafts keeps 'opening', which no column has",
    ])
  })
})
