import type { DataSource } from 'typeorm'

/** What pg's pool gives to `onConnect`, as far as queries go. */
export interface QueryingClient {
  query: (...args: unknown[]) => unknown
}

/**
 * The statements that a connection prepares once. Without a name PostgreSQL parses and plans a text at each call. Only
 * texts that are added have names: they are few, and a connection keeps them until it ends.
 *
 * A pooler that gives each transaction another connection of the server may not know the names there. So they are off
 * unless the URL says `prepared_statements=on`.
 */
export class NamedStatements {
  readonly #names = new Map<string, string>()

  add(text: string): void {
    if (!this.#names.has(text)) this.#names.set(text, `sealcard_${this.#names.size}`)
  }

  /** pg's client prepares a statement with a name at its first use. */
  prepareOn(client: QueryingClient): void {
    const query = client.query.bind(client)
    client.query = (text, ...rest) => {
      const name = typeof text === 'string' ? this.#names.get(text) : undefined
      return query(name === undefined ? text : { name, text }, ...rest)
    }
  }
}

const ofStorage = new WeakMap<DataSource, NamedStatements>()

/** Those of a data source that names statements. */
export const namedStatementsOf = (storage: DataSource): NamedStatements | undefined =>
  ofStorage.get(storage)

/** From now on the data source names the statements that are added. */
export const nameStatements = (storage: DataSource, names: NamedStatements): void => {
  ofStorage.set(storage, names)
}
