import type { Person } from '../contract.js'
import type { WorldCore } from './core.js'
import { badInput, notFound } from './problem.js'
import type { WecomApp, WechatIdentity } from './records.js'
import { lookup } from './lookup.js'

export interface NewPerson {
  id?: string | undefined
  name: string
  wechat?: boolean | undefined
  wecomUserid?: string | null | undefined
}

export class People {
  constructor(private readonly core: WorldCore) {}

  list(): Person[] {
    return Object.values(this.core.state.people)
  }

  get(id: string): Person {
    const person = lookup(this.core.state.people, id)
    if (!person) throw notFound('person', id)
    return person
  }

  byUserid(userid: string): Person | undefined {
    return this.list().find((person) => person.wecomUserid === userid)
  }

  add(input: NewPerson): Person {
    const id = input.id ?? this.core.nextId('person-')
    if (lookup(this.core.state.people, id)) throw badInput('id', 'is taken')
    const wecomUserid = input.wecomUserid ?? null
    if (wecomUserid !== null && this.byUserid(wecomUserid)) {
      throw badInput('wecomUserid', 'belongs to another person in the corp')
    }
    const person: Person = { id, name: input.name, wechat: input.wechat ?? true, wecomUserid }
    this.core.state.people[id] = person
    this.core.changed('people', id)
    return person
  }

  rename(id: string, name: string): Person {
    const person = this.get(id)
    person.name = name
    this.core.changed('people', id)
    return person
  }

  /** Q1, Q8: only members inside the app's visible range (可见范围) may use it. */
  setVisible(id: string, visible: boolean): void {
    this.get(id)
    for (const app of this.core.state.apps.wecom) {
      app.outOfRange = app.outOfRange.filter((other) => other !== id)
      if (!visible) app.outOfRange.push(id)
    }
    this.core.changed('people', id)
  }

  inVisibleRange(person: Person, app: WecomApp): boolean {
    return person.wecomUserid !== null && !app.outOfRange.includes(person.id)
  }

  /** One openid per person and mini-program, one unionid per person; made when first needed, the same ever after. */
  wechatIdentity(appid: string, personId: string): WechatIdentity {
    const key = `${appid} ${personId}`
    const known = lookup(this.core.state.identities, key)
    if (known) return known
    const unionid =
      Object.entries(this.core.state.identities).find(([k]) => k.endsWith(` ${personId}`))?.[1]
        .unionid ?? `uFAKE${this.core.token(23)}`
    const identity = { openid: `oFAKE${this.core.token(23)}`, unionid }
    this.core.state.identities[key] = identity
    this.core.changed()
    return identity
  }

  /** Who stands behind an openid or unionid of this mini-program. */
  personOf(appid: string, id: { openid?: string; unionid?: string }): string | undefined {
    for (const [key, identity] of Object.entries(this.core.state.identities)) {
      const [app, person] = key.split(' ')
      if (app !== appid) continue
      if (id.openid !== undefined && identity.openid === id.openid) return person
      if (id.openid === undefined && identity.unionid === id.unionid) return person
    }
    return undefined
  }
}
