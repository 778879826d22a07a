import { Readable } from 'node:stream'
import type { Viewer } from '@sealcard/protocol'
import type { FastifyReply } from 'fastify'
import { csvLine } from '../../core/text.js'
import { wireTime, wireTimeOrNull } from '../../core/time.js'
import type { Place } from '../../http/pagination/page-cursor.js'
import type { CardEntity } from '../../members/cards/card.entity.js'
import { statusOf } from '../../members/cards/card.view.js'
import type { OpeningEntity } from '../../members/openings/opening.entity.js'

interface ExportedList<T> {
  /** Such as `cards`: the first line has it. */
  readonly name: string
  /** The fields of a line, in order. */
  readonly line: (row: T) => Readonly<Record<string, string | number | null>>
  readonly columns: readonly string[]
  part: (
    after: Place | undefined,
    take: number,
  ) => Promise<{ rows: readonly T[]; next: Place | undefined }>
}

/** Rows of one query. Memory does not grow with the list, and each query is short. */
const PART = 500

/** A whole list as text. @param after the place of the last line that arrived; its continuation has no first line */
export async function* exportRows<T>(
  { name, line, columns, part }: ExportedList<T>,
  format: 'jsonl' | 'csv',
  after: Place | undefined,
): AsyncGenerator<string> {
  const json = (value: object) => `${JSON.stringify(value)}\n`
  const csv = format === 'csv'
  if (!after)
    yield csv ? `${columns.join(',')}\r\n` : json({ type: `sealcard.${name}.export`, version: 1 })
  let count = 0
  for (let place = after, last = false; !last;) {
    const { rows, next } = await part(place, PART)
    count += rows.length
    place = next
    last = next === undefined
    if (rows.length > 0)
      yield rows
        .map((row) =>
          csv ? csvLine(Object.values(line(row))) : json({ type: 'row', ...line(row) }),
        )
        .join('')
  }
  if (!csv) yield json({ type: 'end', rows: count })
}

export const TYPES = {
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
} as const

/** Streams text as fast as the client reads it. An error on the way cuts the answer off. */
export const sendLines = async (
  reply: FastifyReply,
  format: keyof typeof TYPES,
  name: string,
  lines: AsyncGenerator<string>,
): Promise<void> => {
  await reply
    .code(200)
    .type(TYPES[format])
    .header('Content-Disposition', `attachment; filename="sealcard-${name}.${format}"`)
    .send(Readable.from(lines))
}

/** A row with how its person is shown: the name is empty where there is none. */
type Named<T> = T & { readonly person: Viewer }

/** Without titles: a file is copied and sent on, and a title is a person's words. @param now milliseconds UTC */
export const cardsExport = (
  part: ExportedList<Named<CardEntity>>['part'],
  now: number,
): ExportedList<Named<CardEntity>> => ({
  name: 'cards',
  part,
  columns: [
    'id',
    'app',
    'owner',
    'status',
    'createdAt',
    'expiresAt',
    'revokedAt',
    'viewers',
    'granted',
    'refused',
    'firstOpenedAt',
    'lastOpenedAt',
    'ownerCode',
    'ownerName',
  ],
  line: (card) => ({
    id: card.id,
    app: card.appId,
    owner: card.ownerId,
    status: statusOf(card, now),
    createdAt: wireTime(card.createdAt),
    expiresAt: wireTimeOrNull(card.expiresAt),
    revokedAt: wireTimeOrNull(card.revokedAt),
    viewers: card.viewerCount,
    granted: card.openCount,
    refused: card.refusedCount,
    firstOpenedAt: wireTimeOrNull(card.firstOpenedAt),
    lastOpenedAt: wireTimeOrNull(card.lastOpenedAt),
    ownerCode: card.person.code,
    ownerName: card.person.name ?? null,
  }),
})

export const openingsExport = (
  part: ExportedList<Named<OpeningEntity>>['part'],
): ExportedList<Named<OpeningEntity>> => ({
  name: 'openings',
  part,
  columns: [
    'id',
    'at',
    'viewer',
    'card',
    'share',
    'decision',
    'reason',
    'viewerCode',
    'viewerName',
  ],
  line: (row) => ({
    id: row.id,
    at: wireTime(row.at),
    viewer: row.viewerId,
    card: row.cardId,
    share: row.shareId,
    decision: row.outcome,
    reason: row.reason,
    viewerCode: row.person.code,
    viewerName: row.person.name ?? null,
  }),
})
