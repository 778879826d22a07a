import { createHost } from './host.js'
import type { WeappPackage } from './package.js'
import type { Host, HostOptions } from './shell.js'
import { httpTransport } from './transport.js'

/** What the frame of a phone, or a jsdom window, offers to the client that draws the phone. */
export interface HostEntry {
  start(options: Omit<HostOptions, 'pkg'>): Host
  httpTransport: typeof httpTransport
}

declare global {
  var __WEAPP_PACKAGE__: WeappPackage | undefined
  var sealcardPhone: HostEntry | undefined
}

globalThis.sealcardPhone = {
  start: (options) => {
    const pkg = globalThis.__WEAPP_PACKAGE__
    if (!pkg) throw new Error('no mini-program package: /weapp/package.js is missing')
    return createHost({ ...options, pkg })
  },
  httpTransport,
}
