import type { Vault } from '../../src/core/crypto/vault.js'
import { DAY, MINUTE } from '../../src/core/time.js'
import type { KeyedHash } from '../../src/database/keyed-hash/keyed-hash.service.js'
import { codeOf } from '../../src/members/sessions/viewer-code.js'
import type { SeededStream } from './seeded-stream.js'
import { appOfPeople, type Shape, skewed } from './shape.js'
import { type Sink, TABLES } from './tables.js'

const SESSION_MS = 3 * DAY

/** The people, their apps, and the logins that their acts need. */
export class People {
  readonly ids: readonly string[]
  readonly #app: Uint8Array
  readonly #ofApp: Uint32Array[]
  readonly #session: (string | undefined)[]
  readonly #period: Int32Array

  constructor(
    private readonly shape: Shape,
    private readonly random: SeededStream,
  ) {
    this.ids = Array.from({ length: shape.people }, () => random.id())
    this.#app = appOfPeople(shape, random)
    this.#ofApp = shape.apps.map((_, app) =>
      Uint32Array.from(this.ids.keys()).filter((person) => this.#app[person] === app),
    )
    this.#session = new Array<string | undefined>(shape.people)
    this.#period = new Int32Array(shape.people).fill(-1)
  }

  appOf(person: number): Shape['apps'][number] {
    return this.shape.apps[this.#app[person] ?? 0] as Shape['apps'][number]
  }

  idOf(person: number): string {
    return this.ids[person] as string
  }

  anybody(): number {
    return skewed(this.ids.length, this.random)
  }

  /** Somebody in the same app. */
  fellowOf(person: number): number {
    const all = this.#ofApp[this.#app[person] ?? 0] as Uint32Array
    return all[skewed(all.length, this.random)] as number
  }

  /** The login under which a person acts then. @returns whether it is a new one */
  sessionOf(person: number, at: number): { id: string; fresh: boolean } {
    const period = Math.floor(at / SESSION_MS)
    const known = this.#session[person]
    if (known !== undefined && this.#period[person] === period) return { id: known, fresh: false }
    const id = this.random.id()
    this.#session[person] = id
    this.#period[person] = period
    return { id, fresh: true }
  }

  async write(sink: Sink, vault: Vault, keyedHash: KeyedHash): Promise<void> {
    const { days, now } = this.shape
    const start = now - days * DAY
    for (const [person, id] of this.ids.entries()) {
      const app = this.appOf(person)
      const key = `${app.platform === 'wechat' ? 'oSeed' : 'seed'}${person}`
      const sealed = vault.seal({ table: 'viewers', row: id, purpose: 'key' }, key)
      const seen = Math.floor(start + this.random.fraction() * (now - start))
      const lookup = await keyedHash.hash('viewer', app.id, key)
      sink.add(TABLES.viewers, [id, app.id, lookup, sealed, this.#codeOf(id, app.id), start, seen])
    }
    this.#choices(sink)
    await sink.settle()
  }

  /** A session that was begun `at`, while it has not served its purpose, and the key of its person. */
  login(sink: Sink, vault: Vault, person: number, session: string, at: number): void {
    const expiresAt = at + SESSION_MS
    if (expiresAt <= this.shape.now) return
    const viewer = this.idOf(person)
    const ended = this.random.chance(0.05) ? at + MINUTE : null
    const row = [session, this.random.digest(), viewer, this.appOf(person).id, at, expiresAt, ended]
    sink.add(TABLES.sessions, row)
    if (this.#keyed.has(person)) return
    this.#keyed.add(person)
    const ref = { table: 'viewer_keys', row: viewer, purpose: 'current_key' }
    const key = vault.seal(ref, this.random.bytes(16).toString('base64'))
    sink.add(TABLES.viewerKeys, [viewer, key, null, null, expiresAt + SESSION_MS])
  }

  /** What some people do not want to be told. */
  #choices(sink: Sink): void {
    for (const id of this.ids)
      if (this.random.chance(0.05)) sink.add(TABLES.noticeChoices, [id, '["refused"]'])
  }

  readonly #keyed = new Set<number>()
  readonly #codes = new Set<string>()

  /** The table takes each code once for an app. Two ids in a billion pairs have one code. */
  #codeOf(id: string, app: string): string {
    for (let given = id; ; given += '+') {
      const code = codeOf(given)
      if (this.#codes.has(`${app} ${code}`)) continue
      this.#codes.add(`${app} ${code}`)
      return code
    }
  }
}
