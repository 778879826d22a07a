import type { FastifyRequest } from 'fastify'
import { wantsRawBody } from '../parsing/raw-body.js'

/** Asked by machines that must get their answer while clients are being limited, and wait. */
export const OPERATIONS: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics'])

/**
 * Whether neither limits nor lanes hold it up. Besides operations, the callbacks: a platform's few addresses carry
 * everybody's, and the platform takes a refusal of a true one for the answer: it asks again only when there is none (WeCom
 * 90930: network failures, timeouts). False ones have a limit of their own.
 * @param path of the request, or of its route
 */
export const isServedAtOnce = (request: FastifyRequest, path: string): boolean =>
  OPERATIONS.has(path) || wantsRawBody(request)
