const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }
const decode = (text) =>
  text
    .replace(/&#(x?)([\da-f]+);/gi, (_, hex, digits) =>
      String.fromCodePoint(parseInt(digits, hex ? 16 : 10)),
    )
    .replace(/&(\w+);/g, (whole, name) => ENTITIES[name] ?? whole)

/** @param {string} html @returns {string} its words in one line */
const words = (html) =>
  decode(
    html
      .replace(/<a class="header-anchor"[\s\S]*?<\/a>/g, '')
      .replace(/<button[\s\S]*?<\/button>/g, '')
      .replace(/<span class="lang">[\s\S]*?<\/span>/g, '')
      .replace(/<\/(p|li|td|th|div|pre|h\d)>/g, ' ')
      .replace(/<[^>]+>/g, ''),
  )
    .replace(/\s+/g, ' ')
    .trim()

/**
 * @param {string} html of a whole page @param {string} url of that page
 * @returns {{ href: string, title: string, page: string, text: string }[]} each heading with what stands below it
 */
export const sectionsOf = (html, url) => {
  const [, body = ''] = /<div[^>]*class="vp-doc[^"]*"[^>]*>([\s\S]*?)<\/main>/.exec(html) ?? []
  const parts = body.split(/<h([1-6]) id="([^"]*)"[^>]*>([\s\S]*?)<\/h\1>/)
  const page = words(parts[3] ?? '')
  const sections = []
  for (let i = 1; i + 3 < parts.length; i += 4) {
    const [level, id, title, text] = parts.slice(i, i + 4)
    const href = level === '1' ? url : `${url}#${id}`
    sections.push({ href, title: words(title), page, text: words(text) })
  }
  return sections
}
