import { randomBytes } from 'node:crypto'
import { type IncomingMessage, type ServerResponse, STATUS_CODES, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { ApiError, inputError } from '../../core/errors/api-error.js'
import { PROBLEM_TYPE, problemOf } from '../problems/problem.js'

/** Of a request's id. */
const ID_BYTES = 12
/** Ids that one call of the generator makes: the call costs more than all else of an id. */
const IDS_AT_ONCE = 256

let pool = Buffer.alloc(0)
let used = 0

/** Of every answer: `X-Request-Id`, and `requestId` in problems and the log. */
export const newRequestId = (): string => {
  if (used === pool.length) {
    pool = randomBytes(ID_BYTES * IDS_AT_ONCE)
    used = 0
  }
  return pool.toString('base64url', used, (used += ID_BYTES))
}

/**
 * What Node cannot read as HTTP reaches no route, hook or filter. It is answered here in the form of every other refusal,
 * and the connection ends.
 */
export const handleClientErrors = (error: NodeJS.ErrnoException, socket: Socket): void => {
  // The client is gone.
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const response = last.get(socket)
  const request = response?.req
  // It was refused before all of it arrived. A second answer would count as the answer to the next request.
  if (request?.complete === false && response?.headersSent) return void socket.destroy()
  if (!request?.complete || !response || response.writableFinished)
    return refuse(socket, meant(error.code))
  // What comes behind a whole request is no part of it: the answer to that one is not to be this. Some clients send a body
  // with DELETE and do not say how long it is (Node's http.request).
  socket.pause()
  response.once('close', () => socket.destroy())
}

/** What came last on a connection. */
const last = new WeakMap<Socket, ServerResponse>()

const refuse = (socket: Socket, { code, status, issues }: ApiError): void => {
  const requestId = newRequestId()
  const body = JSON.stringify(problemOf(code, requestId, issues))
  if (socket.writable) socket.write(answer(status, requestId, body))
  socket.destroy()
}

/** What Node would answer in a form of its own, or not at all. */
export const replyWithProblem = (server: Server): void => {
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    last.set(request.socket, response)
  })
  // RFC 9110 10.1.1: an expectation that is not known may be ignored; Node would say 417.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  server.on('connect', (_request, socket) =>
    refuse(socket as Socket, new ApiError('ERR_NOT_FOUND')),
  )
}

const meant = (code: string | undefined): ApiError => {
  if (code === 'HPE_HEADER_OVERFLOW') return new ApiError('ERR_TOO_LARGE')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return inputError('request', 'took too long to arrive')
  return inputError('request', 'is not HTTP')
}

const answer = (status: number, requestId: string, body: string): string =>
  [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${requestId}`,
    'X-Content-Type-Options: nosniff',
    'Cache-Control: no-store',
    'Connection: close',
    '',
    body,
  ].join('\r\n')
