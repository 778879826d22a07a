import type { ClientOperation } from '../types.js'
import { ok } from './answers.js'

const NAMES = ['navigateTo', 'redirectTo', 'reLaunch', 'switchTab', 'navigateBack']

/**
 * SIM: a phone keeps its own page stack. It asks here before each navigation, so that a fault can refuse or delay one.
 * A client refuses one (`redirectTo:fail busy`) while a page still slides in.
 */
export const navigation: [name: string, operation: ClientOperation][] = NAMES.map((name) => [
  name,
  () => ok(name),
])
