import { closest } from '../../../src/closest.js'
import { settle, type Callbacks } from './settle.js'

/** Names of calls with blanks between, by the way they answer. */
export interface TypedCalls {
  /** By callbacks or a promise. */
  later: string
  /** At once, by what they return. */
  now: string
  /** Keep or drop a function for an event. */
  listener: string
}

const names = (list: string): string[] => list.split(/\s+/).filter((name) => name !== '')

interface Stubs {
  typed: TypedCalls
  /** How the package writes the object: `wx`, `wx.qy`, `wx.cloud`. */
  object: string
  /** What stands before a name in `errMsg`. */
  prefix?: string
  /** Calls that this object really has. */
  done: string[]
  /** Calls that the client lacks, too: a package asks for them, and finds none. */
  lacking?: readonly string[]
  warn: (message: string) => void
}

/**
 * The calls that the typings name and this phone does not do. None pretends: `fail` with "501" and the closest call that
 * the phone does, an error where a call answers at once, a warning where it only waits for an event.
 */
export const stubs = ({ typed, object, prefix = '', done, lacking = [], warn }: Stubs) => {
  const absent = (list: string) =>
    names(list).filter((name) => !done.includes(name) && !lacking.includes(name))
  const reason = (name: string) => {
    const near = done.length > 0 ? closest(name, done) : undefined
    const instead = near === undefined ? '' : `; closest: ${object}.${near}`
    return `501 The simulator does not do ${object}.${name}${instead}`
  }
  const later = (name: string) => (options?: Callbacks & object) => {
    warn(reason(name))
    const res = { errMsg: `${prefix}${name}:fail ${reason(name)}` }
    return settle(options, Promise.resolve({ ok: false, res }), true)
  }
  const now = (name: string) => () => {
    throw new Error(reason(name))
  }
  const listener = (name: string) => () => warn(`${reason(name)}. It never calls its listener.`)
  return Object.fromEntries<unknown>([
    ...absent(typed.later).map((name) => [name, later(name)] as const),
    ...absent(typed.now).map((name) => [name, now(name)] as const),
    ...absent(typed.listener).map((name) => [name, listener(name)] as const),
  ])
}
