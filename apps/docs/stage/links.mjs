import path from 'node:path'
import { PAGES } from './site.mjs'

const PAPERS = new Map(PAGES.flatMap(({ slug, paper }) => (paper ? [[paper, slug]] : [])))
const IMAGES = 'docs/images/'

/** Code stays as it is: in fences and in back-ticks. */
const outsideCode = (text, change) =>
  text
    .split(/(^```[\s\S]*?^```$|`[^`\n]+`(?!\]))/m)
    .map((part, i) => (i % 2 ? part : change(part)))
    .join('')

/**
 * A paper links to files of the repository. On the site a link leads to the page of that paper; what has no page is named.
 * @param {string} text @param {string} paper its path in the repository @param {string} up from its page to the language's root
 * @param {string} top from its page to the site's root @returns {string}
 */
export const relink = (text, paper, up, top) => {
  const targetOf = (link) => path.posix.join(path.posix.dirname(paper), link.replace(/#.*/, ''))
  const link = (whole, words, to) => {
    if (/^[a-z]+:/.test(to)) return whole
    if (to.startsWith('#')) return words
    const target = targetOf(to)
    const slug = PAPERS.get(target)
    if (slug) return `[${words}](${up}${slug}.md)`
    const name = `\`${target}\``
    return words.includes(path.posix.basename(target)) ? name : `${words} (${name})`
  }
  const image = (whole, src) => {
    const target = targetOf(src)
    return target.startsWith(IMAGES)
      ? whole.replace(src, `${top}images/${target.slice(IMAGES.length)}`)
      : whole
  }
  return text
    .replace(/!\[[^\]]*\]\(([^)\s]+)\)/g, image)
    .replace(/<img src="([^"]+)"/g, image)
    .replace(/(?<!!)\[((?:[^[\]]|\[[^\]]*\])+)\]\(([^)\s]+)\)/g, link)
}

/** Braces and tags in words are no template of Vue. @param {string} text of a paper */
export const plain = (text) =>
  outsideCode(text, (part) =>
    part.replace(/\{\{/g, '&#123;&#123;').replace(/<(?!img |\/?(a|br|b|i)\b)([\w/])/g, '&lt;$2'),
  )
