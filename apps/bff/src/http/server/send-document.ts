import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/** Streams a JSON document as fast as it is read and no faster; whatever fails on the way cuts the answer off. */
export const sendDocument = async (
  reply: FastifyReply,
  lines: AsyncGenerator<string>,
): Promise<void> => {
  await reply.code(200).type('application/json; charset=utf-8').send(Readable.from(lines))
}
