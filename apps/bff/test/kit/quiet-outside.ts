import { systemOutside } from '../../src/tools/doctor/adapters/system-outside.js'
import type { Outside } from '../../src/tools/doctor/support/check.js'
import type { Platform } from '../../src/platforms/registry/platform.js'

/** What the doctor looks at, with platforms that are well and asked nothing. */
export const quietOutside = (platforms: readonly Platform[]): Outside => ({
  ...systemOutside(platforms),
  http: { ask: () => Promise.resolve({ status: 200, date: undefined }) },
  probe: () => ({
    token: () => Promise.resolve('a token'),
    login: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }),
})
