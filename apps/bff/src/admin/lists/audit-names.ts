import { Injectable } from '@nestjs/common'
import type { Named } from '@sealcard/protocol'
import { DataSource, type EntityTarget, type FindOptionsWhere, In } from 'typeorm'
import { AdminAccountEntity } from '../../accounts/admin-account.entity.js'
import { AutomationTokenEntity } from '../../accounts/automation-token.entity.js'
import { MACHINE } from '../../http/access/principals.js'
import { ViewerViews } from '../../members/names/viewer-views.js'
import { OpeningEntity } from '../../members/openings/opening.entity.js'
import { AccessRequestEntity } from '../../members/requests/access-request.entity.js'
import { ViewerEntity } from '../../members/sessions/viewer.entity.js'
import { ShareEntity } from '../../members/shares/share.entity.js'
import { CardNames } from './card-names.js'

interface OfCard {
  readonly id: string
  readonly cardId: string | null
}

/** Finds what the ids of audit entries name. An id of the audit is random, so it names one thing at most. */
@Injectable()
export class AuditNames {
  constructor(
    private readonly storage: DataSource,
    private readonly views: ViewerViews,
    private readonly cards: CardNames,
  ) {}

  /**
   * One statement for each kind of thing, whatever the number of ids.
   * @param ids actors and subjects @returns what an id names; `other` for one that was not asked for
   */
  async of(ids: readonly string[]): Promise<(id: string) => Named> {
    const all = [...new Set(ids)]
    const known = new Map<string, Named>()
    const tell = (one: Named, as = one.id) => known.set(as, one)
    await Promise.all([
      this.#administrators(all, tell),
      this.#people(all, tell),
      this.#cards(all, tell),
    ])
    return (id) => known.get(id) ?? { kind: SYSTEM.test(id) ? 'system' : 'other', id }
  }

  async #administrators(all: readonly string[], tell: Tell): Promise<void> {
    const [accounts, tokens] = [after('admin:', all), after('token:', all)]
    // An entry about an account or a token names it by its id alone.
    const bare = all.filter((id) => ID.test(id))
    const named = { id: true, name: true } as const
    for (const { id, name } of await this.#rows(
      AdminAccountEntity,
      [...accounts, ...bare],
      named,
    )) {
      const one = { kind: 'administrator', id, name } as const
      tell(one)
      tell(one, `admin:${id}`)
    }
    for (const { id, name } of await this.#rows(
      AutomationTokenEntity,
      [...tokens, ...bare],
      named,
    )) {
      const one = { kind: 'token', id, name } as const
      tell(one)
      tell(one, `token:${id}`)
    }
    tell({ kind: 'token', id: 'env', name: 'SEALCARD_ADMIN_TOKEN' }, MACHINE)
  }

  async #people(all: readonly string[], tell: Tell): Promise<void> {
    const rows = await this.#rows(ViewerEntity, all, { id: true })
    const shown = await Promise.all(rows.map(({ id }) => this.views.of(id)))
    for (const viewer of shown) tell({ kind: 'person', ...viewer })
  }

  async #cards(all: readonly string[], tell: Tell): Promise<void> {
    const which = { id: true, cardId: true } as const
    const parts: readonly (readonly OfCard[])[] = await Promise.all([
      this.#rows(ShareEntity, all, which),
      this.#rows(OpeningEntity, all, which),
      this.#rows(AccessRequestEntity, all, which),
    ])
    const leads = parts.flat().flatMap(({ id, cardId }) => (cardId === null ? [] : { id, cardId }))
    const cardOf = await this.cards.of([...all, ...leads.map(({ cardId }) => cardId)])
    const named = (cardId: string): Named => {
      const { id, title } = cardOf(cardId)
      return { kind: 'card', id, ...(title !== '' && { name: title }) }
    }
    for (const { id, cardId } of leads) tell(named(cardId), id)
    for (const id of all) if (cardOf(id).ownerId !== null) tell(named(id))
  }

  #rows<T extends { readonly id: string }, K extends keyof T>(
    entity: EntityTarget<T>,
    ids: readonly string[],
    select: Record<K, true>,
  ): Promise<Pick<T, K>[]> {
    const wanted = ids.filter((id) => ID.test(id))
    if (wanted.length === 0) return Promise.resolve([])
    const where = { id: In(wanted) } as FindOptionsWhere<T>
    return this.storage.manager.find(entity, { select: select as never, where })
  }
}

type Tell = (one: Named, as?: string) => unknown

const ID = /^[\w-]{22}$/
/** A job, the command line and the like: a word. */
const SYSTEM = /^[a-z]+$/

const after = (prefix: string, all: readonly string[]): string[] =>
  all.flatMap((id) => (id.startsWith(prefix) ? id.slice(prefix.length) : []))
