import type { ClientOperation } from '../types.js'
import { ok } from './answers.js'

/** W19. The opening already answered it; here for a runtime that asks again. */
export const getEnterOptionsSync: ClientOperation = (_world, { phone }) =>
  ok('getEnterOptionsSync', { ...phone.enter })
