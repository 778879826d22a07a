/** A run of a card's words. With `host` it is a link: an `https` address that leads there. */
export interface TextPart {
  text: string
  host?: string
}

/** Blanks, quotes, and every character beyond ASCII end an address. The mark of Chinese text does, too. */
const ADDRESS = /(https:\/\/[!#$%&'()*+,\-./0-9:;=?@A-Z[\]_a-z~]+)/
/** A name of the public net, and a port. No user part, no number, no letters that look like others. */
const HOST =
  /^https:\/\/((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])(?::\d{1,5})?)(?:[/?#]|$)/i
/** What ends a sentence rather than an address. */
const SENTENCE_ENDS = "!'(),.:;?[]"

const withoutEnd = (run: string): string => {
  let end = run.length
  while (SENTENCE_ENDS.includes(run.charAt(end - 1))) end -= 1
  return run.slice(0, end)
}

/** Words and links; joined they are the text. What is no plain `https` address stays words. */
export const textParts = (text: string): TextPart[] =>
  text
    .split(ADDRESS)
    .reduce<TextPart[]>((parts, run, i) => {
      const address = i % 2 === 1 ? withoutEnd(run) : ''
      const host = HOST.exec(address)?.[1]
      if (host === undefined) return [...parts, { text: run }]
      const link = { text: address, host: host.toLowerCase() }
      return [...parts, link, { text: run.slice(address.length) }]
    }, [])
    .filter(({ text }) => text !== '')
