import { Inject, Injectable } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import { createHash, timingSafeEqual } from 'node:crypto'
import { CONFIG, type Config } from '../config/config.js'
import { ApiError } from '../http/api-error.js'
import type { AdminPrincipal } from './admin-principal.js'

/** Finds out which administrator calls. */
@Injectable()
export class AdminIdentity {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** @throws ApiError ERR_SESSION */
  async identify(request: FastifyRequest): Promise<AdminPrincipal> {
    const token = /^Bearer (\S{32,512})$/i.exec(request.headers.authorization ?? '')?.[1]
    const own = this.config.adminToken?.reveal()
    if (token === undefined || own === undefined || !same(token, own)) {
      throw new ApiError('ERR_SESSION')
    }
    return { actor: 'token:env', role: 'admin', address: request.ip, name: 'SEALCARD_ADMIN_TOKEN' }
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest()
const same = (a: string, b: string) => timingSafeEqual(digest(a), digest(b))
