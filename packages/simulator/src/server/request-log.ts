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

/** The last thousand calls, of the platforms and of each phone. Not part of the saved world. */
export class RequestLog {
  private lastN = 0
  private calls: ServerCallRecord[] = []
  private readonly phones = new Map<string, RequestRecord[]>()

  addCall(call: Omit<ServerCallRecord, 'n'>): void {
    this.calls.push({ n: ++this.lastN, ...call })
    if (this.calls.length > KEPT) this.calls.shift()
  }

  listCalls(operation?: string): ServerCallRecord[] {
    return this.calls.filter((call) => operation === undefined || call.operation === operation)
  }

  addPhone(phone: string, record: Omit<RequestRecord, 'n'>): void {
    const records = this.phones.get(phone) ?? []
    records.push({ n: ++this.lastN, ...record })
    if (records.length > KEPT) records.shift()
    this.phones.set(phone, records)
  }

  listPhone(phone: string): RequestRecord[] {
    return this.phones.get(phone) ?? []
  }

  clear(): void {
    this.calls = []
    this.phones.clear()
  }
}
