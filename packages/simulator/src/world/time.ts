import type { WorldCore } from './core.js'
import { badInput } from './problem.js'

export interface WorldTime {
  now: number
  frozen: boolean
}

/** The world's time: the real one plus an offset, or standing still. */
export class Time {
  constructor(private readonly core: WorldCore) {}

  get(): WorldTime {
    return { now: this.core.now(), frozen: this.core.state.clock.frozenAt !== null }
  }

  set(now: number): WorldTime {
    if (!Number.isSafeInteger(now) || now < 0) throw badInput('now', 'must be milliseconds UTC')
    const { clock } = this.core.state
    if (clock.frozenAt === null) clock.offset = now - this.core.realNow()
    else clock.frozenAt = now
    this.core.changed('clock')
    return this.get()
  }

  advance(ms: number): WorldTime {
    return this.set(this.core.now() + ms)
  }

  freeze(): WorldTime {
    this.core.state.clock.frozenAt = this.core.now()
    this.core.changed('clock')
    return this.get()
  }

  resume(): WorldTime {
    const { clock } = this.core.state
    clock.offset = this.core.now() - this.core.realNow()
    clock.frozenAt = null
    this.core.changed('clock')
    return this.get()
  }
}
