import { adminCreate } from './admin-create.js'
import { adminList } from './admin-list.js'
import { adminReset } from './admin-reset.js'
import { adminDisable, adminEnable } from './admin-state.js'
import { auditExport } from './audit-export.js'
import { auditVerify } from './audit-verify.js'
import type { Command } from './command.js'
import { doctorCommand } from './doctor.js'
import { erase } from './erase.js'
import { exportPerson } from './export-person.js'
import { keysRewrap } from './keys-rewrap.js'
import { tokensCreate } from './tokens-create.js'
import { tokensList } from './tokens-list.js'
import { tokensRevoke } from './tokens-revoke.js'

/** Every command; another one is a file beside these and a line here. */
export const commands: readonly Command[] = [
  adminCreate,
  adminList,
  adminDisable,
  adminEnable,
  adminReset,
  tokensCreate,
  tokensList,
  tokensRevoke,
  auditVerify,
  auditExport,
  keysRewrap,
  exportPerson,
  erase,
  doctorCommand(),
]
