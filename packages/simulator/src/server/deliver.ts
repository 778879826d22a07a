import type { FastifyReply } from 'fastify'
import type { Timer } from '../ports.js'
import type { FaultEffect } from '../world/faults.js'

export interface Answer {
  status: number
  contentType: string
  body: string
}

const html = (status: number): string =>
  `<html><head><title>${status}</title></head><body><center><h1>${status}</h1></center></body></html>`

/** The effects under which the platform never does the work. */
export const isExecuted = (effect: FaultEffect | null): boolean => {
  if (effect === null) return true
  if ('executed' in effect) return effect.executed
  return effect.kind !== 'html' && effect.kind !== 'fail'
}

/** What is left of an answer's body and head under a fault that still answers in one piece. */
export const distorted = (answer: Answer, effect: FaultEffect): Answer => {
  switch (effect.kind) {
    case 'status':
      return { status: effect.status, contentType: 'text/plain', body: effect.body }
    case 'html':
      return { status: effect.status, contentType: 'text/html', body: html(effect.status) }
    case 'truncated':
      return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) }
    case 'wrong-type':
      return { ...answer, contentType: 'text/html' }
    case 'string-errcode':
      // W3: the documentation's own sample has `"errcode":"42001"`.
      return {
        ...answer,
        body: edited(answer.body, (b) => ({ ...b, errcode: String(Number(b['errcode'] ?? 0)) })),
      }
    case 'merge':
      return { ...answer, body: edited(answer.body, (b) => ({ ...b, ...effect.body })) }
    default:
      return answer
  }
}

const edited = (
  body: string,
  edit: (parsed: Record<string, unknown>) => Record<string, unknown>,
): string => JSON.stringify(edit(JSON.parse(body) as Record<string, unknown>))

/** Sends an answer as the fault wants it; false: the connection was taken away and nothing is left to send. */
export const deliver = async (
  reply: FastifyReply,
  answer: Answer,
  effect: FaultEffect | null,
  timer: Timer,
): Promise<boolean> => {
  if (effect?.kind === 'delay') await timer.wait(effect.ms)
  if (effect?.kind === 'black-hole') {
    reply.hijack()
    return false
  }
  if (effect?.kind === 'reset') {
    reply.hijack()
    reply.raw.socket?.resetAndDestroy()
    return false
  }
  if (effect?.kind === 'reset-mid-body' || effect?.kind === 'drip') {
    await inPieces(reply, answer, effect, timer)
    return effect.kind === 'drip'
  }
  const final = effect ? distorted(answer, effect) : answer
  await reply.code(final.status).header('content-type', final.contentType).send(final.body)
  return true
}

const inPieces = async (
  reply: FastifyReply,
  answer: Answer,
  effect: Extract<FaultEffect, { kind: 'drip' | 'reset-mid-body' }>,
  timer: Timer,
): Promise<void> => {
  const bytes = Buffer.from(answer.body)
  reply.hijack()
  const { raw } = reply
  raw.writeHead(answer.status, {
    'content-type': answer.contentType,
    'content-length': bytes.length,
  })
  if (effect.kind === 'reset-mid-body') {
    const half = bytes.subarray(0, Math.floor(bytes.length / 2))
    await new Promise<void>((resolve) => raw.write(half, () => resolve()))
    raw.socket?.resetAndDestroy()
    return
  }
  for (let at = 0; at < bytes.length && !raw.destroyed; at += effect.chunkBytes) {
    raw.write(bytes.subarray(at, at + effect.chunkBytes))
    await timer.wait(effect.everyMs)
  }
  raw.end()
}
