// What needs no schema: a page may take it without the weight of zod.
export { ERRORS, type ErrorCode } from './error-codes.js'
export { PERMISSIONS, type Permission, ROLES } from './admin/roles.js'
export {
  type ActKind,
  ACTS,
  type InBothLanguages,
  OPENING_REASONS,
  type OpeningReason,
} from './admin/words.js'
