import type { PlatformForm, PlatformSetup } from '../../core/config/config.js'
import { FOLDER_CONFIGS, FOLDER_ENV } from '../../core/config/folder-environment.js'

/** The files of a set-up, in the folder in which commands run. */
export const FILES = {
  env: FOLDER_ENV,
  config: FOLDER_CONFIGS[0],
  schema: 'sealcard.schema.json',
} as const

/** A platform that `sealcard init` offers. */
export type OfferedPlatform = PlatformForm & { readonly setup: PlatformSetup }

export interface InitApp {
  readonly platform: OfferedPlatform
  readonly id: string
  /** The values of `appKeys`. */
  readonly keys: Readonly<Record<string, string | number>>
  /** Empty: the administrator writes it into the file. */
  readonly secret: string
  /** Absent: the platform's own. */
  readonly apiBase?: string
}

export interface Setup {
  readonly apps: readonly InitApp[]
  /** The apps are the simulator's. */
  readonly simulated: boolean
  readonly database: string
  readonly port: number
  /** `k1:<base64 of 32 bytes>` */
  readonly keyring: string
}

/** `sealcard.env`. */
export const envText = ({ apps, simulated, database, port, keyring }: Setup): string =>
  `# The secrets of this Sealcard. Only its user may read this file (0600). 只有运行服务的用户可以读这个文件。

# Seals what the database holds. Keep a copy apart from the database's backups: without it nobody opens them.
# 数据库的封存密钥。请另存一份，与数据库备份分开；丢了它，数据就打不开。
SEALCARD_KEYRING=${keyring}

# production refuses what is only for trying out. 正式环境（production）拒绝模拟器的应用。
NODE_ENV=${simulated ? 'development' : 'production'}
PORT=${port}
# One machine: sqlite:./path. Several: postgres://user:password@host/name. 一台机器用 SQLite，多台用 PostgreSQL。
DATABASE_URL=${database}
${apps.map(secretText).join('')}`

const secretText = ({ platform: { setup }, secret, apiBase }: InitApp): string => `
# ${apiBase ? 'Of the simulator. 模拟器的密钥。' : setup.secret.where}
${setup.secret.variable}=${secret}
`

/** `sealcard.config.jsonc`. */
export const configText = ({ apps, simulated }: Setup): string => `{
  // Names and forms of all keys, for editors. 编辑器据此提示与检查。
  "$schema": "./${FILES.schema}",

  // One entry for each app. Secrets stand in ${FILES.env}. 每个应用一项，密钥在 ${FILES.env} 里。${
    simulated
      ? "\n  // These are the simulator's, for trying out. 这些是模拟器的应用，仅供试用。"
      : ''
  }
  "apps": [
${apps.map(appText).join(',\n')}
  ],

  // The addresses of your reverse proxies. Without them all people share one address, and one of them can lock out all.
  // 反向代理的地址。漏写则所有人合用一个地址，一个人就能让谁都登录不了。
  "trustedProxies": ["127.0.0.1"]

  // Further keys have defaults: bots, windows, limits, platformCalls, receipts. 其余的键都有默认值。
}
`

const appText = ({ platform, id, keys, apiBase }: InitApp): string => {
  const secret = { env: platform.setup.secret.variable }
  const app = { id, platform: platform.name, ...keys, secret, ...(apiBase && { apiBase }) }
  return JSON.stringify(app, null, 2).replace(/^/gm, '    ')
}
