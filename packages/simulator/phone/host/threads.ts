import { component, glassEasel } from 'glass-easel-miniprogram-adapter'
import { assertPlain } from './plain.js'

type Setter = (this: Caller, data: Record<string, unknown>, callback?: () => void) => void
type Caller = { data: Record<string, unknown>; _$: never }

/** What crosses between the page's view and its logic, in order. */
export interface Threads {
  cross(work: () => void): void
}

/**
 * A phone runs a page's view in one thread and its logic in another. Here both are one; with a delay, each view update
 * and each event takes that long from one to the other.
 */
export const createThreads = (delayMs: number): Threads => ({
  // Timers of one length keep their order.
  cross: (work) => (delayMs > 0 ? void setTimeout(work, delayMs) : work()),
})

const prototype = component.ComponentCaller.prototype as unknown as { setData: Setter }
const { setData: original } = prototype

/** Checks what setData sends to the view, and sends it there through `threads`. @param tell gets what is sent */
export const sendDataThrough = (
  threads: Threads,
  delayMs: number,
  tell: (data: object) => void,
): void => {
  prototype.setData = function (this: Caller, data, callback) {
    assertPlain(data, 'setData')
    tell(data)
    if (delayMs === 0) return original.call(this, data, callback)
    const sent = copy(data)
    for (const [path, value] of Object.entries(copy(data))) keepInLogic(this, path, value)
    const done = callback && (() => threads.cross(() => callback.call(this)))
    threads.cross(() => original.call(this, sent, done))
  }
}

const copy = (data: object) => JSON.parse(JSON.stringify(data)) as Record<string, unknown>

/**
 * The logic reads in `this.data` at once what it has set. A component's own properties are left out: the framework
 * compares their old and new values when the update arrives.
 */
const keepInLogic = (caller: Caller, path: string, value: unknown): void => {
  const steps = glassEasel.dataPath.parseSinglePath(path)
  const last = steps.pop()
  if (last === undefined) return
  if (glassEasel.Component.hasProperty(caller._$, String(steps[0] ?? last))) return
  let at: Record<string | number, unknown> = caller.data
  for (const [i, step] of steps.entries()) {
    const inner = at[step]
    const next = steps[i + 1] ?? last
    at = (
      typeof inner === 'object' && inner !== null
        ? inner
        : (at[step] = typeof next === 'number' ? [] : {})
    ) as typeof at
  }
  at[last] = value
}
