import { auditExport } from './audit-export.js'
import { auditVerify } from './audit-verify.js'
import type { Command } from './command.js'
import { erase } from './erase.js'
import { exportPerson } from './export-person.js'
import { keysRewrap } from './keys-rewrap.js'

/** Every command; another one is a file beside these and a line here. */
export const commands: readonly Command[] = [
  auditVerify,
  auditExport,
  keysRewrap,
  exportPerson,
  erase,
]
