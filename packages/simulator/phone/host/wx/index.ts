import type { EnterOptions } from '../../../src/contract.js'
import { baseTags } from '../components/index.js'
import type { Pages } from '../pages.js'
import { effectiveTheme } from '../config.js'
import type { HostOptions, Theme } from '../shell.js'
import { askClient, bridgedApis, qyApis } from './bridged.js'
import { eventNames, type WxEvents } from './events.js'
import { interactionApis } from './interaction.js'
import { miscApis } from './misc.js'
import { navigationApis } from './navigation.js'
import { requestApi } from './request.js'
import { storageApis } from './storage.js'
import { stubs } from './stubs.js'
import { systemApis, WECHAT_ONLY } from './system.js'
import { TYPED_CLOUD, TYPED_WX } from './typed-calls.js'

export interface WxSource {
  options: HostOptions
  pages: Pages
  events: WxEvents
  enter: { launch(): EnterOptions; latest(): EnterOptions }
  theme: () => Theme
  changed: () => void
  exit: () => void
  captureEffect: (effect: string) => void
}

const copyToComputer = (text: string): void => {
  void globalThis.navigator?.clipboard?.writeText(text).catch(() => {})
}

/**
 * The `wx` of one running mini-program. Everything is an own enumerable key: Taro takes Object.keys(wx) once, when it starts.
 */
export const createWx = (source: WxSource): Record<string, unknown> => {
  const { options, pages, events, enter, theme, changed, exit, captureEffect } = source
  const { phone, pkg, transport, app } = options
  const identity = () => pages.top?.identity ?? `${enter.latest().path}#0`
  const hideMenu = (hidden: boolean) => {
    if (!pages.top) return
    pages.top.menuHidden = hidden
    changed()
  }
  const warn = (message: string) => {
    console.warn(message)
    options.shell.unsimulated?.(message)
  }
  const dark = pkg.app.darkmode === true
  const real: Record<string, unknown> = {
    ...systemApis({ phone, app, theme: () => (dark ? effectiveTheme(pkg, theme()) : undefined) }),
    ...storageApis(`sealcard-phone:${phone.id}:${app.appid}:`, globalThis.localStorage),
    ...interactionApis(phone.language, copyToComputer),
    ...navigationApis(pages, pkg.app, { ask: askClient(transport, identity), exit }),
    ...miscApis({ pages, changed, captureEffect }),
    ...events.apis(eventNames),
    ...bridgedApis(transport, identity, hideMenu),
    request: requestApi(transport),
    getLaunchOptionsSync: () => enter.launch(),
    getEnterOptionsSync: () => enter.latest(),
  }
  if (phone.client === 'wecom') real.qy = qyApis(transport, identity, warn)
  real.canIUse = (schema: string): boolean => {
    const [name = '', ...rest] = String(schema).split('.')
    if (name === 'qy') return phone.client === 'wecom'
    if (baseTags[name]) return rest[0] === undefined || rest[0] in (baseTags[name].properties ?? {})
    return name in real
  }
  const done = Object.keys(real)
  return {
    ...stubs({ typed: TYPED_WX, object: 'wx', done, lacking: WECHAT_ONLY, warn }),
    cloud: stubs({ typed: TYPED_CLOUD, object: 'wx.cloud', done: [], warn }),
    ...real,
  }
}
