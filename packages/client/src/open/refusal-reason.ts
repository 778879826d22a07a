import type { PlatformKind, Refusal } from '@sealcard/kit'
import type { Translate } from '../words/translate.js'

/** Why there is no card, in one or two sentences below the title `refusal.<kind>`. */
export const refusalReason = (
  { kind, retryAfter }: Pick<Refusal, 'kind' | 'retryAfter'>,
  platform: PlatformKind,
  t: Translate,
): string => {
  const name = { platform: t(`platform.${platform}`) }
  const why =
    kind === 'no-ticket' || kind === 'unsupported' || kind === 'setup'
      ? t(`refusal.${kind}-why`, name)
      : t(`refusal.${kind}-why`)
  return retryAfter === null ? why : `${why} ${t('common.retry-after', { n: retryAfter })}`
}
