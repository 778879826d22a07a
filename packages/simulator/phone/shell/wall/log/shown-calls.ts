import type { CallLayer, CallRecord } from '../../../../src/contract.js'

/** Empty: all of them. `-` as a phone: the servers' own calls. */
export interface LogFilter {
  phone: string
  card: string
  layer: CallLayer | ''
  failures: boolean
}

export const everyCall: LogFilter = { phone: '', card: '', layer: '', failures: false }

export const matches = (filter: LogFilter, call: CallRecord): boolean =>
  (filter.phone === '' || filter.phone === (call.phone ?? '-')) &&
  (filter.card === '' || filter.card === call.card) &&
  (filter.layer === '' || filter.layer === call.layer) &&
  (!filter.failures || call.failed)

export interface Expiry {
  title: string
  /** Milliseconds UTC. */
  at: number
}

/** Every `expiresAt` in what services answered to phones, with the title beside it, latest first. */
export const expiriesIn = (calls: readonly CallRecord[]): Expiry[] => {
  const found = new Map<string, Expiry>()
  const look = (value: unknown, title: string): void => {
    if (typeof value !== 'object' || value === null) return
    const inner = value as Record<string, unknown>
    const card = inner['card'] as { title?: unknown } | undefined
    const own = [inner['title'], card?.title].find((one) => typeof one === 'string')
    const said = own ?? title
    const at = Date.parse(String(inner['expiresAt']))
    // A session has an expiry, too, and no title.
    if (Number.isFinite(at) && said !== '') found.set(`${said} ${at}`, { title: said, at })
    for (const one of Object.values(inner)) look(one, said)
  }
  for (const { layer, answer } of calls) if (layer === 'request') look(answer, '')
  return [...found.values()].reverse()
}
