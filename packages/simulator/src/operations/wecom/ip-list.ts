import type { ServerOperation } from '../types.js'
import { mustBeToken } from './access-token.js'

/** Q19. The addresses are from the range reserved for documentation. */
export const getIpList: ServerOperation = (world, { query }) => {
  mustBeToken(world, query)
  return { errcode: 0, errmsg: 'ok', ip_list: ['192.0.2.1', '192.0.2.2'] }
}
