import type { TimeShift } from '../ports.js'
import type { WorldCore } from './core.js'
import { badInput } from './problem.js'

export interface WorldTime {
  /** Milliseconds UTC. */
  now: number
  frozen: boolean
  /** By how much the world is ahead of the machine, ms. */
  ahead: number
}

/** The world's time: the real one plus an offset, or standing still. */
export class Time {
  constructor(private readonly core: WorldCore) {}

  get(): WorldTime {
    const { frozenAt, offset } = this.core.state.clock
    const now = this.core.now()
    const ahead = frozenAt === null ? offset : now - this.core.realNow()
    return { now, frozen: frozenAt !== null, ahead }
  }

  get shift(): TimeShift {
    return { ...this.core.state.clock }
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

  /** Back to the machine's time. */
  back(): WorldTime {
    this.core.state.clock = { offset: 0, frozenAt: null }
    this.core.changed('clock')
    return this.get()
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
