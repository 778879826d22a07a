import type { PhoneRecord } from '../../world/records.js'

/** Q38: the client's words behind the system's. WeCom's has both `wxwork` and `MicroMessenger`. */
const SYSTEMS: Record<PhoneRecord['platform'], { device: string; platform: string }> = {
  ios: {
    device:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
    platform: 'iPhone',
  },
  android: {
    device:
      'Mozilla/5.0 (Linux; Android 13; SIM-1) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/107.0.5304.141 Mobile Safari/537.36',
    platform: 'Linux armv8l',
  },
  windows: {
    device:
      'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.215 Safari/537.36',
    platform: 'Win32',
  },
  mac: {
    device:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)',
    platform: 'MacIntel',
  },
  devtools: {
    device:
      'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.215 Safari/537.36',
    platform: 'Win32',
  },
}

export interface Agent {
  userAgent: string
  platform: string
}

/** What a web page on this phone sees as `navigator`. */
export const agentOf = (phone: PhoneRecord): Agent => {
  const { device, platform } = SYSTEMS[phone.platform]
  const language = phone.language === 'en' ? 'en' : 'zh'
  const client =
    phone.client === 'wecom'
      ? `wxwork/${phone.version} MicroMessenger/7.0.1 Language/${language}`
      : `MicroMessenger/${phone.version} Language/${phone.language}`
  return { userAgent: `${device} ${client}`, platform }
}
