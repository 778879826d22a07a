import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PageFile } from './page-files.js'

/** The names of these files carry a hash of what they hold. */
export const HASHED = 'assets/'
export const FOR_EVER = 'public, max-age=31536000, immutable'

/** Sends the file, compressed for a client that accepts it. */
export const sendPageFile = (
  request: FastifyRequest,
  reply: FastifyReply,
  file: PageFile,
): void => {
  const zipped = file.gzip && accepts(request.headers['accept-encoding'])
  if (zipped) void reply.header('Content-Encoding', 'gzip')
  void reply
    .header('Vary', 'Accept-Encoding')
    .type(file.type)
    .send(zipped ? file.gzip : file.bytes)
}

/** Sends a file that a browser may keep. A browser that has it gets 304. @param keep `Cache-Control` */
export const sendKept = (
  request: FastifyRequest,
  reply: FastifyReply,
  file: PageFile,
  keep: string,
): void => {
  void reply.header('Cache-Control', keep).header('ETag', file.etag)
  if (request.headers['if-none-match'] === file.etag) void reply.code(304).send()
  else sendPageFile(request, reply, file)
}

const accepts = (encodings: string | string[] | undefined): boolean =>
  /(^|,)\s*gzip\s*(;\s*q=(?!0(\.0*)?\s*(,|$))[\d.]+\s*)?(,|$)/i.test(String(encodings ?? ''))
