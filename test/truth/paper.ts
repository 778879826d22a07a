import { canProve, CLIENTS, type Alternative } from './cases.js'
import type { Decision, Row } from './play.js'
import { en, zh, type Words } from './words.js'

export interface Played {
  rows: readonly Row[]
  alternatives: readonly { alternative: Alternative; row: Row }[]
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (heads: readonly string[], rows: readonly string[][]) =>
  [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')

const code = (text: string) => `\`${text}\``
/** What stands in a field; a ciphertext is named only. */
const field = ([name, value]: [string, unknown]) =>
  code(name === 'encryptedData' || name === 'iv' ? name : `${name}: ${String(value)}`)
const fields = (of: object) => Object.entries(of).map(field)

const known = ({ enter, hasTicket }: Row, words: Words) =>
  [...fields(enter), hasTicket ? code('shareTicket') : words.noTicket].join(' ')

const answered = ({ asked: { ok, res } }: Row, words: Words) => {
  const { errMsg, ...others } = res
  const said = ok ? [] : [code(String(errMsg))]
  return [ok ? words.success : words.failure, ...said, ...fields(others)].join(' ')
}

const decided = (decision: Decision | null, words: Words) => {
  if (!decision) return '–'
  const { status, what } = decision
  if (what === 'card') return `**${words.opens}**`
  return what === 'owner' ? words.owner : `${words.refused} ${status} ${code(what)}`
}

const clientOf = ({ client, reader, age }: Row, words: Words) => {
  const on = reader === 'customer' ? 'wechat' : client
  return words.clients[on](CLIENTS[on][age]!)
}

const cells = (row: Row, words: Words, open: boolean) => [
  words.readers[row.reader],
  clientOf(row, words),
  known(row, words),
  answered(row, words) + (open ? ' †' : ''),
  decided(row.decision, words),
  decided(row.copied, words),
]

const half = ({ rows, alternatives }: Played, words: Words, mark: string): string[] => {
  /** A client without the call has nothing that a switch could change. */
  const withoutCall = (row: Row) => !canProve(row.client, row.age)
  const leftOpen = (one: Row) =>
    !withoutCall(one) &&
    alternatives.some(
      ({ row }) => row.client === one.client && row.chat === one.chat && row.reader === one.reader,
    )
  const places = (['wechat', 'wecom'] as const).flatMap((client) =>
    (['single', 'group'] as const).flatMap((chat) => [
      `${mark} ${words.places[client][chat]}`,
      table(
        words.heads,
        rows
          .filter((row) => row.client === client && row.chat === chat)
          .map((row) => cells(row, words, leftOpen(row))),
      ),
    ]),
  )
  const others = alternatives.map(({ alternative: { client, setting, value }, row }) => [
    code(`${client}.${setting}`),
    code(JSON.stringify(value)),
    words.places[row.client][row.chat],
    words.readers[row.reader],
    known(row, words),
    answered(row, words),
    decided(row.decision, words),
  ])
  const { heading, intro, heads } = words.unconfirmed
  const [reader, , first, answer, decision] = words.heads
  return [
    ...words.intro,
    `${mark} ${words.read.heading}`,
    words.read.items.map((item) => `- ${item}`).join('\n'),
    ...places,
    `${mark} ${words.follows.heading}`,
    words.follows.items.map((item) => `- ${item}`).join('\n'),
    `${mark} ${heading}`,
    intro,
    table([...heads, reader, first, answer, decision], others),
  ]
}

/** The whole paper: a Chinese half and an English one. */
export const paperOf = (played: Played): string =>
  [
    `# ${zh.title}`,
    '[English below](#english)',
    ...half(played, zh, '##'),
    `## ${en.title}`,
    ...half(played, en, '###'),
    '',
  ].join('\n\n')
