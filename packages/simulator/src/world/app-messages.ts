import type { BotCard } from '../contract.js'
import type { WorldCore } from './core.js'
import type { AppMessageRecord } from './records.js'

/** How many messages the list keeps. No check looks further back than the longest duplicate check. */
const KEPT = 2000
const MINUTE = 60_000
/** Q33: of one app to one member in a minute. The platform drops the rest without an error. */
const PER_MINUTE = 30

export interface NewAppMessage {
  /** `corpid/agentid`. */
  app: string
  /** Ids of people. */
  to: string[]
  text: string
  /** What opens a page. */
  card?: BotCard
  /** Of the whole request. */
  digest: string
  /** For how long the same request is dropped; null: never. */
  duplicateMs: number | null
}

/** Messages of the corp's apps to its members (发送应用消息). */
export class AppMessages {
  constructor(private readonly core: WorldCore) {}

  /** @returns the msgid, also of a message that was dropped as a duplicate or over the limit */
  send({ duplicateMs, to, ...message }: NewAppMessage): string {
    const id = `msgFAKE${this.core.token(32)}`
    const now = this.core.now()
    const before = this.list().filter(({ app }) => app === message.app)
    const same = before.filter(({ digest }) => digest === message.digest)
    if (duplicateMs !== null && same.some(({ at }) => at > now - duplicateMs)) return id
    const recent = before.filter(({ at }) => at > now - MINUTE)
    const heard = (person: string) => recent.filter(({ to }) => to.includes(person)).length
    const reached = to.filter((person) => heard(person) < PER_MINUTE)
    const all = [...this.list(), { ...message, id, to: reached, at: now }]
    this.core.state.appMessages = all.slice(-KEPT)
    this.core.changed('messages', id)
    return id
  }

  /** A service notice (服务通知) of a WeChat mini-program, which the person accepted. */
  notify(appid: string, person: string, card: BotCard): void {
    const id = `noticeFAKE${this.core.token(32)}`
    const message = {
      id,
      app: appid,
      to: [person],
      at: this.core.now(),
      text: '',
      card,
      digest: '',
    }
    this.core.state.appMessages = [...this.list(), message].slice(-KEPT)
    this.core.changed('messages', id)
  }

  list(): AppMessageRecord[] {
    return this.core.state.appMessages
  }

  /** Oldest first. */
  of(person: string): AppMessageRecord[] {
    return this.list().filter(({ to }) => to.includes(person))
  }
}
