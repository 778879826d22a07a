import type { AppConfig } from '../../../core/config/config.js'
import type { PlatformError } from '../../../platforms/calls/platform-error.js'
import type { Platform } from '../../../platforms/registry/platform.js'
import { type Said, warning, wrong } from './check.js'

/** What an error of the app's platform means for the operator. */
export const explainErrcode = (
  { errcodes }: Pick<Platform, 'errcodes'>,
  app: AppConfig,
  { operation, errcode, errmsg, rid, address }: PlatformError,
): Said => {
  const advice = errcodes[errcode]
  const said = `${operation} answered ${errcode}${rid ? `, request ${rid}` : ''}`
  if (!advice) {
    const todo = 'Look the number up in the platform’s documentation.'
    return wrong('errcode', `${said}: ${errmsg}`, todo, app.id)
  }
  const { code, what, todo, passes = false } = advice
  const finding = `${what}${address ? `: ${address}` : ''} (${said})`
  return (passes ? warning : wrong)(code, finding, todo, app.id)
}
