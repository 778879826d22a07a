import type { z } from 'zod'
import type { AppConfig, PlatformName } from './config.js'

/** What the loader must know of a platform. Its adapter says it; the composition root hands it to the loader. */
export interface PlatformForm {
  readonly name: PlatformName
  /** Its name for people, e.g. `WeCom`. */
  readonly title: string
  /** Where its API is. An app without `apiBase` has this one. No trailing slash. */
  readonly officialApiBase: string
  /** The keys that its apps have beside those of every app. */
  readonly appKeys: z.ZodRawShape
  /** Absent: its apps have no bots. */
  readonly bots?: object
}

/** The form of the app's platform; undefined for a platform that is not there. */
export const formOf = (
  platforms: readonly PlatformForm[],
  { platform }: Pick<AppConfig, 'platform'>,
): PlatformForm | undefined => platforms.find(({ name }) => name === platform)

/** `['a', 'b', 'c']` → `a, b or c`. */
export const anyOf = (names: readonly string[]): string =>
  [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(' or ')
