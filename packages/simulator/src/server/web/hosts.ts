import type { PhoneRecord } from '../../world/records.js'
import type { World } from '../../world/world.js'

/** The platforms' own pages, which the simulator plays itself. */
export const OFFICIAL = ['https://open.weixin.qq.com', 'https://login.work.weixin.qq.com'] as const
export type Official = (typeof OFFICIAL)[number]

/** Where a page is open: on a phone, or, without one, in a browser on a computer. */
export type Device = PhoneRecord | null

/** SIM: the name of the computer, where a phone has its id. */
const COMPUTER = 'desktop-browser'

/** Names a device: pages on different ones share nothing. */
export const deviceId = (device: Device): string => device?.id ?? COMPUTER

/** A page of the world as a frame of the desk shows it, or a window of a computer's browser. */
export interface Frame {
  device: Device
  /** The world's origin, `https://cards.example.com`. */
  origin: string
  /** The frame's own, `http://cards-example-com.lin-wecom.localhost:3100`. */
  frameOrigin: string
}

const isLoopback = ({ hostname }: URL): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)

/** One label of a host name. */
const labelOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 63)

const split = (address: string): [origin: string, rest: string] => {
  const [, origin = '', rest = ''] = /^(https?:\/\/[^/?#]+)(.*)$/is.exec(address) ?? []
  return [origin, rest]
}

/**
 * SIM: a page of the world has an origin of its own for each phone, `<host>.<phone>.localhost`: so that phones share
 * neither storage nor logins in one browser. A client's web view has no such names: all addresses are translated on the
 * way, text for text, because a signature covers every character.
 */
export class WebHosts {
  readonly #world: World
  readonly #domains: Map<string, string>
  readonly #own: () => string
  /** Local services that are reached without an entry in the list of domains. */
  readonly #local = new Set<string>()

  constructor(world: World, domains: Map<string, string>, own: () => string) {
    this.#world = world
    this.#domains = domains
    this.#own = own
  }

  /** Where an origin of the world is served: an address, or the simulator itself. Null: nowhere. */
  target(origin: string): string | null {
    const official = OFFICIAL.find((one) => one === origin)
    if (official) return official
    const target = this.#domains.get(origin)
    if (target !== undefined) return target.replace(/\/$/, '')
    return URL.canParse(origin) && isLoopback(new URL(origin)) ? origin : null
  }

  isOfficial(origin: string): origin is Official {
    return OFFICIAL.some((one) => one === origin)
  }

  /** The host that a frame of this device has for an origin, without a port. */
  frameHost(device: Device, origin: string): string {
    if (!this.#domains.has(origin) && !this.isOfficial(origin)) this.#local.add(origin)
    return `${labelOf(new URL(origin).host)}.${labelOf(deviceId(device))}.localhost`
  }

  /** Which page of which device a `Host` header names. */
  find(host: string): Frame | null {
    const [, page, owner] = /^([^.:]+)\.([^.:]+)\.localhost(?::\d+)?$/i.exec(host) ?? []
    if (page === undefined || owner === undefined) return null
    const id = this.#world.phones.list().find((one) => labelOf(one.id) === owner.toLowerCase())?.id
    const origin = [...this.#domains.keys(), ...OFFICIAL, ...this.#local].find(
      (one) => labelOf(new URL(one).host) === page.toLowerCase(),
    )
    const known = id !== undefined || owner.toLowerCase() === COMPUTER
    if (!known || origin === undefined) return null
    return {
      device: id === undefined ? null : this.#world.phones.get(id),
      origin,
      frameOrigin: `http://${host.toLowerCase()}`,
    }
  }

  /** A frame's address → the world's. What is no frame's stays. */
  real(address: string): string {
    const [origin, rest] = split(address)
    const frame = origin === '' ? null : this.find(origin.replace(/^https?:\/\//i, ''))
    return frame ? frame.origin + rest : address
  }

  /**
   * The world's address → this device's frame, on the port that the browser uses. The platforms' pages may also be named
   * by the simulator's own address, as the server APIs are. Null: the world does not know it.
   */
  framed(device: Device, address: string, port: string): string | null {
    const [origin, rest] = split(address)
    if (origin === '') return null
    const own = this.#own()
    if (origin === own) {
      const official = OFFICIAL.find((one) => rest.startsWith(`/${new URL(one).host}/`))
      if (!official) return null
      const path = rest.slice(new URL(official).host.length + 1)
      return this.#frame(device, official, path, port)
    }
    return this.target(origin) === null ? null : this.#frame(device, origin, rest, port)
  }

  #frame(device: Device, origin: string, rest: string, port: string): string {
    return `http://${this.frameHost(device, origin)}${port === '' ? '' : `:${port}`}${rest}`
  }
}
