import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { asApiError, problemOf } from '../../http/problems/problem.js'

export type Tell = (progress: object) => void

const NDJSON = 'application/x-ndjson'

/**
 * Answers with the report of long work. A client that accepts `application/x-ndjson` gets lines on the way:
 * `{"type":"progress",…}`, at last `{"type":"report",…}`, or `{"type":"problem","problem":…}` when the work fails. The
 * work continues when the client disconnects.
 */
export const streamProgress = async (
  request: FastifyRequest,
  reply: FastifyReply,
  work: (tell: Tell) => Promise<object>,
): Promise<void> => {
  if (!(request.headers.accept ?? '').includes(NDJSON)) {
    await reply.code(200).send(await work(() => {}))
    return
  }
  const lines = new Progress()
  const working = work((progress) => lines.tell(progress)).then(
    (report) => ({ type: 'report', ...report }),
    (error: unknown) => {
      const { code, issues } = asApiError(error)
      return { type: 'problem', problem: problemOf(code, request.id, issues) }
    },
  )
  const stream = Readable.from(lines.until(working))
  await reply.code(200).type(`${NDJSON}; charset=utf-8`).send(stream)
}

/** The newest progress. A slow reader misses some of it. */
class Progress {
  #last: object | undefined
  #wake = () => {}

  tell(progress: object): void {
    this.#last = { type: 'progress', ...progress }
    this.#wake()
  }

  async *until(working: Promise<object>): AsyncGenerator<string> {
    for (;;) {
      const told = new Promise<undefined>((resolve) => (this.#wake = () => resolve(undefined)))
      const report = this.#last ? undefined : await Promise.race([working, told])
      const line = report ?? this.#last
      this.#last = undefined
      if (line) yield `${JSON.stringify(line)}\n`
      if (report) return
    }
  }
}
