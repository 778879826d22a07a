import type { WorldCore } from './core.js'

/** How many messages of a template a person accepted and did not get yet (W31: one for each acceptance). */
export class Subscriptions {
  constructor(private readonly core: WorldCore) {}

  accept(appid: string, person: string, template: string): void {
    const key = keyOf(appid, person, template)
    const { subscriptions } = this.core.state
    subscriptions[key] = (subscriptions[key] ?? 0) + 1
    this.core.changed()
  }

  /** @returns false: there is none left */
  take(appid: string, person: string, template: string): boolean {
    const key = keyOf(appid, person, template)
    const left = this.core.state.subscriptions[key] ?? 0
    if (left === 0) return false
    this.core.state.subscriptions[key] = left - 1
    return true
  }
}

const keyOf = (...parts: string[]): string => parts.join(' ')
