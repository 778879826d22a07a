import { Inject, Injectable } from '@nestjs/common'
import { ACTS } from '@sealcard/protocol'
import {
  DataSource,
  type EntityTarget,
  type FindOptionsWhere,
  type ObjectLiteral,
  Raw,
} from 'typeorm'
import { AdminAccountEntity } from '../../accounts/admin-account.entity.js'
import { AutomationTokenEntity } from '../../accounts/automation-token.entity.js'
import { AuditEntryEntity } from '../../audit/audit.entities.js'
import { CONFIG, type Config } from '../../core/config/config.js'
import { inputError } from '../../core/errors/api-error.js'
import { MACHINE } from '../../http/access/principals.js'
import { CardEntity, CardViewerEntity } from '../../members/cards/card.entity.js'
import { OpeningEntity } from '../../members/openings/opening.entity.js'
import { ViewerEntity } from '../../members/sessions/viewer.entity.js'

/** Actors of the audit that are neither people nor tokens. */
const NOBODY = ['anonymous', 'audit', 'cli', 'config', 'retention', 'service', 'setup']

/** What a list may be narrowed to. Each is an id, or an app's id. */
export interface Filters {
  readonly app?: string | undefined
  readonly card?: string | undefined
  /** A person who made cards, or could. */
  readonly owner?: string | undefined
  /** A person who opened cards, or could. */
  readonly viewer?: string | undefined
  /** Of the audit. */
  readonly actor?: string | undefined
  readonly subject?: string | undefined
  readonly kind?: string | undefined
}

/** In the words of the partial index: its entries are all but the openings. */
const another = (kind: string) =>
  Raw((column) => `${column} = :kind AND ${column} <> 'opening'`, { kind })

/**
 * An empty list would read as "nothing happened" where a filter was mistyped. So a filter that names nothing known is a
 * mistake of the request. Known is also what is gone and left rows, such as an erased person's pseudonym.
 */
@Injectable()
export class KnownFilters {
  readonly #known: Record<keyof Filters, (value: string) => Promise<boolean>>

  constructor(
    private readonly storage: DataSource,
    @Inject(CONFIG) private readonly config: Pick<Config, 'apps'>,
  ) {
    const person = (id: string) => this.#has(ViewerEntity, { id })
    const acted = (actor: string) => this.#has(AuditEntryEntity, { actor })
    this.#known = {
      app: async (appId) =>
        this.config.apps.some(({ id }) => id === appId) ||
        (await this.#has(ViewerEntity, { appId })) ||
        this.#has(CardEntity, { appId }),
      card: async (id) =>
        (await this.#has(CardEntity, { id })) || this.#has(OpeningEntity, { cardId: id }),
      owner: async (id) => (await person(id)) || this.#has(CardEntity, { ownerId: id }),
      viewer: async (id) =>
        (await person(id)) ||
        (await this.#has(CardViewerEntity, { viewerId: id })) ||
        this.#has(OpeningEntity, { viewerId: id }),
      actor: async (actor) =>
        (await acted(actor)) || (await person(actor)) || this.#isAdministrator(actor),
      subject: async (subject) =>
        (await this.#has(AuditEntryEntity, { subject })) || person(subject),
      // An entry of an earlier version may have a kind of its own.
      kind: async (kind) =>
        Object.hasOwn(ACTS, kind) || this.#has(AuditEntryEntity, { kind: another(kind) }),
    }
  }

  /** @throws ApiError ERR_INPUT naming the first filter that names nothing known */
  async check(filters: Filters): Promise<void> {
    for (const [name, value] of Object.entries(filters) as [keyof Filters, string | undefined][])
      if (value !== undefined && !(await this.#known[name](value)))
        throw inputError(name, 'names nothing that is known here')
  }

  /** The ids of all apps: those of the configuration, and those that left it and still have people. */
  async apps(): Promise<string[]> {
    const configured = this.config.apps.map(({ id }) => id)
    const all = new Set(configured)
    // Hops from one id to the next along the index: there are few apps and many people.
    for (let last = ''; ;) {
      const row = await this.storage.manager
        .createQueryBuilder(ViewerEntity, 'v')
        .select('MIN(v.app_id)', 'next')
        .where('v.app_id > :last', { last })
        .getRawOne<{ next: string | null }>()
      const next = row?.next ?? null
      if (next === null) return [...all]
      last = next
      all.add(last)
    }
  }

  #has<T extends ObjectLiteral>(
    entity: EntityTarget<T>,
    where: FindOptionsWhere<T>,
  ): Promise<boolean> {
    return this.storage.manager.existsBy(entity, where)
  }

  async #isAdministrator(actor: string): Promise<boolean> {
    const [kind, id = ''] = actor.split(':')
    if (kind === 'admin') return this.#has(AdminAccountEntity, { id })
    if (kind === 'token') return actor === MACHINE || this.#has(AutomationTokenEntity, { id })
    return NOBODY.includes(actor)
  }
}
