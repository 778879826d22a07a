import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import MiniSearch from 'minisearch'
import { INDEX } from '../search/index-options.mjs'
import { sectionsOf } from '../search/sections.mjs'

const htmlOf = (page) => page.replace(/\.md$/, '.html')

/**
 * Writes one index for each language: `search/zh.json`, `search/en.json`.
 * @param {{ pages: string[], outDir: string, site: { base: string } }} config of the built site
 */
export const writeSearch = ({ pages, outDir, site }) => {
  const indexes = { zh: new MiniSearch(INDEX), en: new MiniSearch(INDEX) }
  for (const page of pages.map(htmlOf)) {
    const html = readFileSync(path.join(outDir, page), 'utf8')
    const url = `${site.base}${page.replace(/(^|\/)index\.html$/, '$1')}`
    indexes[page.startsWith('en/') ? 'en' : 'zh'].addAll(sectionsOf(html, url))
  }
  for (const [language, index] of Object.entries(indexes))
    writeFileSync(path.join(outDir, `assets/search-${language}.json`), JSON.stringify(index))
}
