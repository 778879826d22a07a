import { AccessTokenEntity } from '../platforms/access-token.entity.js'

/** Every entity of the service; a capability adds its own here. */
export const entities = [AccessTokenEntity]
