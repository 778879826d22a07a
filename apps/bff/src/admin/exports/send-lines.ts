import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

export const TYPES = {
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
} as const

/** Streams text as fast as it is read and no faster; whatever fails on the way cuts the answer off. */
export async function sendLines(
  reply: FastifyReply,
  format: keyof typeof TYPES,
  name: string,
  lines: AsyncGenerator<string>,
): Promise<void> {
  await reply
    .code(200)
    .type(TYPES[format])
    .header('Content-Disposition', `attachment; filename="sealcard-${name}.${format}"`)
    .send(Readable.from(lines))
}
