import type { AppConfig } from '../../core/config/config.js'
import { OFFICIAL_PAGES, type WecomAppConfig, type WecomH5Config } from './wecom-app.js'

interface Configured {
  /** `apps[0].h5` */
  readonly key: string
  readonly app: WecomAppConfig
  readonly h5: WecomH5Config
}

/** Mistakes of the `h5` blocks that no single key shows; see `PlatformForm.appsMistakes`. */
export const webMistakes = (apps: readonly AppConfig[], production: boolean): string[] => {
  const blocks = apps.flatMap((app, i): Configured[] => {
    const { h5 } = app as Partial<WecomAppConfig>
    return h5 ? [{ key: `apps[${i}].h5`, app: app as WecomAppConfig, h5 }] : []
  })
  return [
    // A cookie belongs to a host, and a session to one app.
    ...repeated(blocks, ({ origin }) => origin).map(
      ({ key }) => `${key}.origin: another app has this origin already`,
    ),
    ...repeated(blocks, ({ verifyFile }) => verifyFile?.name).map(
      ({ key }) => `${key}.verifyFile.name: another app has this file already`,
    ),
    ...(production ? blocks.flatMap(productionMistakes) : []),
  ]
}

const repeated = (
  blocks: readonly Configured[],
  valueOf: (h5: WecomH5Config) => string | undefined,
): Configured[] =>
  blocks.filter(({ h5 }, i) => {
    const value = valueOf(h5)
    return value !== undefined && blocks.slice(0, i).some((other) => valueOf(other.h5) === value)
  })

const productionMistakes = ({ key, app, h5 }: Configured): string[] => [
  ...(h5.origin.startsWith('https://') ? [] : [`${key}.origin: in production it must be https`]),
  ...(['authorizeBase', 'webLoginBase'] as const).flatMap((base) => {
    const ofItsOwn = app.unofficialApiBase === true && h5[base].startsWith('https://')
    return h5[base] === OFFICIAL_PAGES[base] || ofItsOwn
      ? []
      : [
          `${key}.${base}: in production it must be ${OFFICIAL_PAGES[base]}; for a private WeCom, https and "unofficialApiBase": true`,
        ]
  }),
]
