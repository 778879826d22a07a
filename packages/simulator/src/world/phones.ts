import type { Client, DevicePlatform, Phone, PhoneView } from '../contract.js'
import type { WorldCore } from './core.js'
import type { People } from './people.js'
import { badInput, notFound } from './problem.js'
import type { PhoneRecord, WechatShareAttributes } from './records.js'
import { refusesForwarding } from './versions.js'
import { lookup } from './lookup.js'

export interface NewPhone {
  id?: string | undefined
  person: string
  client: Client
  platform?: DevicePlatform | undefined
  version?: string | undefined
  sdkVersion?: string | undefined
  language?: 'zh_CN' | 'en' | undefined
  miniProgram?: string | undefined
}
export type PhonePatch = Partial<Omit<NewPhone, 'id' | 'person' | 'client'>>

const noShare = (): WechatShareAttributes => ({
  withShareTicket: false,
  isPrivateMessage: false,
  activityId: null,
})

export class Phones {
  constructor(
    private readonly core: WorldCore,
    private readonly people: People,
  ) {}

  list(): PhoneView[] {
    return Object.values(this.core.state.phones).map((phone) => this.view(phone))
  }

  get(id: string): PhoneRecord {
    const phone = lookup(this.core.state.phones, id)
    if (!phone) throw notFound('phone', id)
    return phone
  }

  view(phone: PhoneRecord): PhoneView {
    return {
      ...plain(phone),
      ...this.core.state.settings.phones,
      personName: this.people.get(phone.person).name,
      running: phone.running,
      life: phone.life,
      forwardsPrivate: !refusesForwarding(phone, this.core.state.settings),
      webHome: phone.client === 'wecom' && this.core.state.apps.wecom.some(({ web }) => web),
    }
  }

  add(input: NewPhone): PhoneView {
    const id = input.id ?? this.core.nextId('phone-')
    if (lookup(this.core.state.phones, id)) throw badInput('id', 'is taken')
    const person = this.people.get(input.person)
    if (input.client === 'wechat' && !person.wechat) {
      throw badInput('person', `${person.name} has no WeChat account`)
    }
    if (input.client === 'wecom' && person.wecomUserid === null) {
      throw badInput('person', `${person.name} is not a member of the corp`)
    }
    const phone: PhoneRecord = {
      id,
      person: person.id,
      client: input.client,
      platform: input.platform ?? 'ios',
      version: input.version ?? (input.client === 'wechat' ? '8.0.50' : '4.1.30'),
      sdkVersion: input.sdkVersion ?? '3.5.5',
      language: input.language ?? 'zh_CN',
      miniProgram: this.#mustBeApp(input.miniProgram ?? this.core.state.apps.wechat[0]?.appid),
      running: false,
      life: 0,
      enter: null,
      contextTicket: null,
      lastKey: { wechat: null, wecom: null },
      share: noShare(),
      pages: {},
      hiddenMenus: [],
    }
    this.core.state.phones[id] = phone
    this.core.changed('phones', id)
    return this.view(phone)
  }

  update(id: string, patch: PhonePatch): PhoneView {
    const phone = this.get(id)
    if (patch.miniProgram !== undefined) phone.miniProgram = this.#mustBeApp(patch.miniProgram)
    if (patch.platform !== undefined) phone.platform = patch.platform
    if (patch.version !== undefined) phone.version = patch.version
    if (patch.sdkVersion !== undefined) phone.sdkVersion = patch.sdkVersion
    if (patch.language !== undefined) phone.language = patch.language
    this.core.changed('phones', id)
    return this.view(phone)
  }

  /** An app may make a call before the person opened it. Acts as if they had opened it from the recent list. */
  ensureRunning(phone: PhoneRecord): void {
    if (phone.running) return
    phone.running = true
    phone.life += 1
    this.core.changed('phones', phone.id)
  }

  /** W2: the life cycle ends, its tickets with it; C10: share attributes live as long as the running app. */
  close(phone: PhoneRecord): void {
    phone.running = false
    phone.enter = null
    phone.contextTicket = null
    phone.share = noShare()
    phone.pages = {}
    phone.hiddenMenus = []
    for (const [ticket, record] of Object.entries(this.core.state.tickets)) {
      if (record.phone === phone.id) delete this.core.state.tickets[ticket]
    }
    this.core.changed('phones', phone.id)
  }

  #mustBeApp(appid: string | undefined): string {
    const known = this.core.state.apps.wechat.some((app) => app.appid === appid)
    if (appid === undefined || !known) throw badInput('miniProgram', 'is not a known appid')
    return appid
  }
}

const plain = (phone: PhoneRecord): Phone => ({
  id: phone.id,
  person: phone.person,
  client: phone.client,
  platform: phone.platform,
  version: phone.version,
  sdkVersion: phone.sdkVersion,
  language: phone.language,
})
