import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { MADE } from './made.mjs'
import { halvesOf, summaryOf } from './halves.mjs'
import { plain, relink } from './links.mjs'
import { fileOf, LANGUAGES, PAGES } from './site.mjs'

const HERE = path.resolve(import.meta.dirname, '..')
const ROOT = path.resolve(HERE, '../..')
const read = (file) => readFileSync(path.join(ROOT, file), 'utf8')

/** Where a paper is English with a Chinese summary, the Chinese page leads to the whole. */
const whole = (up, slug) => `\n全文是英文：[English](${up}en/${slug}.md)\n`

/** @returns {Record<'zh' | 'en', string>} the two pages of a paper */
const ofPaper = ({ slug, paper, summary, zh, en }) => {
  const titles = { zh, en }
  const halves = (summary ? summaryOf : halvesOf)(read(paper))
  const up = '../'.repeat(slug.split('/').length - 1)
  const page = (language) => {
    const top = language === 'zh' ? up : `../${up}`
    const text = plain(relink(halves[language], paper, up, top))
    const more = summary && language === 'zh' ? whole(up, slug) : ''
    return `# ${titles[language]}\n\n${text.trim()}\n${more}`
  }
  return { zh: page('zh'), en: page('en') }
}

/** @returns {Record<'zh' | 'en', string>} the two pages that are written for the site */
const ofPair = ({ slug }) => ({
  zh: readFileSync(path.join(HERE, 'pages/zh', `${slug}.md`), 'utf8'),
  en: readFileSync(path.join(HERE, 'pages/en', `${slug}.md`), 'utf8'),
})

/** @returns {Map<string, string>} every page by its file below the site's root */
export const stagedPages = () => {
  const files = new Map()
  const put = (slug, texts) => {
    for (const language of LANGUAGES) files.set(fileOf(language, slug), texts[language])
  }
  for (const page of PAGES) {
    if (page.made) for (const [slug, texts] of MADE[page.made](page)) put(slug, texts)
    else put(page.slug, page.paper ? ofPaper(page) : ofPair(page))
  }
  return files
}

/** Writes the pages, and the pictures they show. @param {string} folder emptied first */
export const stage = (folder) => {
  rmSync(folder, { recursive: true, force: true })
  for (const [file, text] of stagedPages()) {
    const target = path.join(folder, file)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
  cpSync(path.join(ROOT, 'docs/images'), path.join(folder, 'images'), { recursive: true })
}
