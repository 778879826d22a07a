import { DEFAULT_FONT_SIZE } from '../config.js'
import type { Phone } from '../../../src/contract.js'
import type { Theme } from '../shell.js'
import { api } from './settle.js'

/** Calls that WeChat has and WeCom lacks, at least on some of its clients. */
export const WECHAT_ONLY = ['getAppBaseInfo', 'getDeviceInfo', 'getWindowInfo', 'getSystemSetting']

export interface SystemSource {
  phone: Phone
  app: { appid: string }
  /** undefined when the package has no dark mode: then these APIs have no theme either. */
  theme: () => Theme | undefined
}

const systems: Record<Phone['platform'], [system: string, brand: string, model: string]> = {
  ios: ['iOS 18.1', 'iPhone', 'iPhone 15'],
  android: ['Android 14', 'HUAWEI', 'Mate 60'],
  windows: ['Windows 11 x64', 'microsoft', 'microsoft'],
  mac: ['macOS 15.1', 'apple', 'MacBook Pro'],
  devtools: ['iOS 10.0.1', 'devtools', 'iPhone 12/13 (Pro)'],
}

/**
 * What a mini-program learns of its client. WeCom's table of supported WeChat APIs lacks getAppBaseInfo, getWindowInfo
 * and getSystemSetting; it has getDeviceInfo on Android only. Its getSystemInfo gives `environment: 'wxwork'`.
 */
export const systemApis = ({ phone, app, theme }: SystemSource) => {
  const [system, brand, model] = systems[phone.platform]
  const size = () => {
    const { clientWidth: width, clientHeight: height } = document.documentElement
    return {
      pixelRatio: globalThis.devicePixelRatio || 1,
      screenWidth: width,
      screenHeight: height + 88,
      windowWidth: width,
      windowHeight: height,
      screenTop: 88,
      statusBarHeight: 44,
      safeArea: { left: 0, top: 44, right: width, bottom: height, width, height: height - 44 },
    }
  }
  const base = () => {
    const shown = theme()
    return {
      SDKVersion: phone.sdkVersion,
      version: phone.version,
      language: phone.language,
      enableDebug: false,
      host: { env: 'WeChat', appId: '', version: 0 },
      fontSizeSetting: phone.fontSizeSetting ?? DEFAULT_FONT_SIZE,
      ...(shown && { theme: shown }),
    }
  }
  const device = () => ({
    abi: 'arm64',
    brand,
    model,
    system,
    platform: phone.platform,
    benchmarkLevel: 30,
    memorySize: 4096,
  })
  const setting = () => ({
    bluetoothEnabled: false,
    locationEnabled: false,
    wifiEnabled: true,
    deviceOrientation: 'portrait',
  })
  const environment = phone.client === 'wecom' ? { environment: 'wxwork' } : {}
  const info = () => ({ ...size(), ...base(), ...device(), ...setting(), ...environment })
  const account = () => ({
    miniProgram: { appId: app.appid, envVersion: 'release', version: '1.0.0' },
    plugin: {},
  })
  const everywhere = {
    getSystemInfoSync: info,
    getSystemInfo: api('getSystemInfo', info),
    getSystemInfoAsync: api('getSystemInfoAsync', info),
    getAccountInfoSync: account,
    getMenuButtonBoundingClientRect: () => {
      const right = document.documentElement.clientWidth - 7
      return { width: 87, height: 32, top: 48, bottom: 80, left: right - 87, right }
    },
  }
  if (phone.client === 'wecom') {
    return phone.platform === 'android' ? { ...everywhere, getDeviceInfo: device } : everywhere
  }
  return {
    ...everywhere,
    getAppBaseInfo: base,
    getDeviceInfo: device,
    getWindowInfo: size,
    getSystemSetting: setting,
  }
}
