import { Injectable } from '@nestjs/common'
import type { NameSource, Viewer } from '@sealcard/protocol'
import { DataSource } from 'typeorm'
import { Grouped } from '../../core/concurrency/grouped.js'
import { type SealRef, Vault } from '../../core/crypto/vault.js'
import { nullable, type Statement, Statements, text } from '../../database/statements.js'
import { Apps } from '../../platforms/registry/platforms.js'
import { codeOf } from '../sessions/viewer-code.js'
import { NamePolicy } from './name-policy.js'

/** What a person's name is sealed for. */
export const nameRef = (viewerId: string): SealRef => ({
  table: 'viewers',
  row: viewerId,
  purpose: 'name',
})

interface Row {
  readonly id: string
  readonly appId: string
  readonly code: string
  readonly sealedName: string | null
  readonly nameFrom: string | null
}

/** How people are shown to others. All who ask in the same moment share one statement. */
@Injectable()
export class ViewerViews {
  readonly #rows: Statement<Row>
  readonly #groups: Grouped<string, () => Viewer>

  constructor(
    storage: DataSource,
    private readonly vault: Vault,
    private readonly apps: Apps,
    private readonly policy: NamePolicy,
  ) {
    const sql = new Statements(storage)
    this.#rows = sql.read<Row>(
      `SELECT id, app_id AS "appId", code, sealed_name AS "sealedName", name_from AS "nameFrom"
      FROM viewers WHERE id IN (SELECT given.id FROM ${sql.given(1, { id: 'varchar' })})`,
      { id: text, appId: text, code: text, sealedName: nullable(text), nameFrom: nullable(text) },
    )
    this.#groups = new Grouped({ most: 128, atOnce: 2 }, (ids) => this.#read(ids))
  }

  /** Of an erased person it shows the id that stands in their place, and no name. */
  async of(viewerId: string): Promise<Viewer> {
    return (await this.read(viewerId))()
  }

  /** The same in two steps: reads the person now, and opens the name when the result is called. */
  read(viewerId: string): Promise<() => Viewer> {
    return this.#groups.ask(viewerId)
  }

  async #read(ids: readonly string[]) {
    const rows = await this.#rows.run([[...new Set(ids)].map((id) => [id])])
    const views = new Map(rows.map((row) => [row.id, this.#later(row)]))
    return ids.map((id) => ({ value: views.get(id) ?? (() => ({ id, code: codeOf(id) })) }))
  }

  /** The members of a group share it: a name is opened once. */
  #later(row: Row): () => Viewer {
    let view: Viewer | undefined
    return () => (view ??= this.#view(row))
  }

  #view({ id, appId, code, sealedName, nameFrom }: Row): Viewer {
    const app = this.apps.find(appId)
    // A name from another source than the app's present one is not shown, also before it is erased.
    if (!app || nameFrom !== this.policy.of(app)) return { id, code }
    const name = this.vault.unsealOrNull(nameRef(id), sealedName)
    return name === null ? { id, code } : { id, name, nameFrom: nameFrom as NameSource, code }
  }
}
