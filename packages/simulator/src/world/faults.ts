import { z } from 'zod'

const ms = z.int().min(0).max(600_000)
const Executed = z.boolean().default(false)

/** What goes wrong. `executed`: the platform did the work and only the answer was lost. */
export const FaultEffect = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('errcode'),
    errcode: z.int(),
    errmsg: z.string().max(500).optional(),
    executed: Executed,
  }),
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    body: z.string().max(100_000).default(''),
    executed: Executed,
  }),
  z.strictObject({ kind: z.literal('html'), status: z.int().min(200).max(599).default(502) }),
  z.strictObject({ kind: z.literal('truncated') }),
  z.strictObject({ kind: z.literal('wrong-type') }),
  z.strictObject({ kind: z.literal('string-errcode') }),
  z.strictObject({ kind: z.literal('merge'), body: z.record(z.string(), z.unknown()) }),
  z.strictObject({ kind: z.literal('delay'), ms }),
  z.strictObject({ kind: z.literal('black-hole'), executed: Executed }),
  z.strictObject({ kind: z.literal('reset'), executed: Executed }),
  z.strictObject({ kind: z.literal('reset-mid-body') }),
  z.strictObject({
    kind: z.literal('drip'),
    chunkBytes: z.int().min(1).max(4096).default(1),
    everyMs: ms.default(100),
  }),
  /** For a phone's own APIs: the fail callback with this text. */
  z.strictObject({
    kind: z.literal('fail'),
    errMsg: z.string().max(500),
    errno: z.int().optional(),
    errCode: z.int().optional(),
  }),
])
export type FaultEffect = z.infer<typeof FaultEffect>

export const NewFault = z.strictObject({
  /** An operation id (`wechat.jscode2session`, `wx.login`, `phone.request`), `wechat.*`, `wecom.*`, `wx.*`, or `*`: every server API. */
  operation: z.string().min(1).max(100),
  /** Only this phone (for `wx.*` and `phone.request`). */
  phone: z.string().optional(),
  /** How many answers; null: a standing fault, until it is removed. */
  count: z.int().min(1).nullable().default(1),
  effect: FaultEffect,
})
export type Fault = z.infer<typeof NewFault> & { id: string; hits: number }

/** Scripted answers, oldest first. Not part of the saved world: a restart forgets them. */
export class Faults {
  #faults: Fault[] = []
  #lastId = 0

  list(): Fault[] {
    return this.#faults
  }

  add(fault: z.infer<typeof NewFault>): Fault {
    const added = { ...fault, id: `fault-${++this.#lastId}`, hits: 0 }
    this.#faults.push(added)
    return added
  }

  remove(id: string): boolean {
    const before = this.#faults.length
    this.#faults = this.#faults.filter((fault) => fault.id !== id)
    return this.#faults.length < before
  }

  clear(): void {
    this.#faults = []
  }

  /** The next scripted answer for an operation; a counted fault is used up by it. */
  take(operation: string, phone?: string): FaultEffect | null {
    const fault = this.#faults.find(
      (known) =>
        matches(known.operation, operation) && (known.phone === undefined || known.phone === phone),
    )
    if (!fault) return null
    fault.hits += 1
    if (fault.count !== null && fault.hits >= fault.count) this.remove(fault.id)
    return fault.effect
  }
}

const matches = (pattern: string, operation: string): boolean =>
  (pattern === '*' && /^(wechat|wecom)\./.test(operation)) ||
  pattern === operation ||
  (pattern.endsWith('.*') && operation.startsWith(pattern.slice(0, -1)))
