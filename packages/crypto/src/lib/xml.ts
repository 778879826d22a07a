/**
 * Reads the one XML shape that a callback's envelope has: `<xml>` around flat elements that hold
 * text or one CDATA section. No declaration, attribute, comment, entity or DTD is known, so none
 * can be expanded. One pass, no backtracking.
 */
const name = /[A-Za-z][A-Za-z0-9_]{0,63}/y
const blank = /[ \t\r\n]*/y
const cdata = '<![CDATA['

const match = (re: RegExp, text: string, at: number): string => {
  re.lastIndex = at
  return re.exec(text)?.[0] ?? ''
}

/** @returns the elements by name, or undefined when `text` is anything else. */
export const readFlatXml = (text: string): Map<string, string> | undefined => {
  const elements = new Map<string, string>()
  let at = match(blank, text, 0).length
  if (!text.startsWith('<xml>', at)) return undefined
  at += 5
  for (;;) {
    at += match(blank, text, at).length
    if (text.startsWith('</xml>', at)) break
    const tag = text[at] === '<' ? match(name, text, at + 1) : ''
    at += tag.length + 1
    if (tag === '' || text[at] !== '>' || elements.has(tag)) return undefined
    at += 1
    const quoted = text.startsWith(cdata, at)
    if (quoted) at += cdata.length
    const end = text.indexOf(quoted ? ']]>' : '<', at)
    const value = text.slice(at, end)
    if (end < 0 || (!quoted && /[&>]/.test(value))) return undefined
    at = quoted ? end + 3 : end
    if (!text.startsWith(`</${tag}>`, at)) return undefined
    at += tag.length + 3
    elements.set(tag, value)
  }
  at += 6
  return at + match(blank, text, at).length === text.length ? elements : undefined
}
