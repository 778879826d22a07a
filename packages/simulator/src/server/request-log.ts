import type { RequestRecord } from '../contract.js'

/** A server API call as the platform saw it. Secrets are masked; bodies are not kept. */
export interface ServerCallRecord {
  n: number
  at: number
  operation: string
  method: string
  path: string
  query: Record<string, string>
  /** HTTP status; null: no answer was given (black hole, reset). */
  status: number | null
  errcode: number | null
  fault: string | null
}

const SECRET = /secret|token|code|signature|session_key|openid|unionid/i

export const masked = (query: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, SECRET.test(name) ? '***' : value]),
  )

const KEPT = 1000

const keep = <T>(records: Map<string, T[]>, of: string, record: T): void => {
  const list = records.get(of) ?? []
  list.push(record)
  if (list.length > KEPT) list.shift()
  records.set(of, list)
}

/**
 * The last thousand calls of each operation of the platforms and of each phone: a flood of one kind never hides another.
 * Not part of the saved world.
 */
export class RequestLog {
  #lastN = 0
  readonly #calls = new Map<string, ServerCallRecord[]>()
  readonly #phones = new Map<string, RequestRecord[]>()

  addCall(call: Omit<ServerCallRecord, 'n'>): void {
    keep(this.#calls, call.operation, { n: ++this.#lastN, ...call })
  }

  listCalls(operation?: string): ServerCallRecord[] {
    if (operation !== undefined) return this.#calls.get(operation) ?? []
    return [...this.#calls.values()].flat().sort((a, b) => a.n - b.n)
  }

  addPhone(phone: string, record: Omit<RequestRecord, 'n'>): void {
    keep(this.#phones, phone, { n: ++this.#lastN, ...record })
  }

  listPhone(phone: string): RequestRecord[] {
    return this.#phones.get(phone) ?? []
  }

  clear(): void {
    this.#calls.clear()
    this.#phones.clear()
  }
}
