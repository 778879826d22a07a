import path from 'node:path'
import { stagedPages } from '../stage/stage.mjs'
import { PAGES } from '../stage/site.mjs'

const pages = stagedPages()
const chinese = [...pages].filter(([file]) => !file.startsWith('en/'))
const summaries = new Set(
  PAGES.filter(({ summary }: { summary?: boolean }) => summary).map(({ slug }) => `${slug}.md`),
)

const blocksOf = (text: string) => text.match(/^ *```\w*$[\s\S]*?^ *```$/gm) ?? []
const withoutCode = (text: string) =>
  text.replace(/^ *```[\s\S]*?^ *```$/gm, '').replace(/`[^`\n]*`/g, '')
const headingsOf = (text: string) => withoutCode(text).match(/^#{1,3} .+$/gm) ?? []
const linksOf = (text: string) =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to!)

test('each page stands in Chinese and in English', () => {
  const english = [...pages.keys()].filter((file) => file.startsWith('en/'))
  expect(english.map((file) => file.slice(3)).sort()).toEqual(chinese.map(([file]) => file).sort())
})

describe.each(chinese.filter(([file]) => !summaries.has(file)))('%s', (file, text) => {
  const twin = pages.get(`en/${file}`)!

  test('has the headings of its twin', () => {
    const levels = (page: string) => headingsOf(page).map((line) => line.replace(/ .*/, ''))
    expect(levels(twin)).toEqual(levels(text))
  })
})

test.each([...pages])(
  '%s begins with its title and leads only to pages that are there',
  (file, text) => {
    expect(text).toMatch(/^# \S/)
    const targets = linksOf(text)
      .filter((to) => !/^[a-z]+:|^#|images\//.test(to))
      .map((to) => path.posix.join(path.posix.dirname(file), to.replace(/#.*/, '')))
    expect(targets.filter((target) => !pages.has(target))).toEqual([])
  },
)

test('a page that is written for the site has the commands of its twin', () => {
  const commands = (text: string) =>
    blocksOf(text).filter((block) => /^```(sh|json|sql)/.test(block))
  for (const { slug, paper, made } of PAGES) {
    if (paper || made) continue
    expect(commands(pages.get(`en/${slug}.md`)!)).toEqual(commands(pages.get(`${slug}.md`)!))
  }
})
