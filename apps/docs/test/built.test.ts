import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const dist = path.join(__dirname, '../dist')
const pages = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.html'),
)
const read = (file: string) => readFileSync(path.join(dist, file), 'utf8')

test('no page has an inline script, an inline style or a handler in an element', () => {
  expect(pages.length).toBeGreaterThan(100)
  const inline = /<script(?![^>]*\bsrc=)|<style|\sstyle="|\son\w+="/
  expect(pages.filter((page) => inline.test(read(page)))).toEqual([])
})

test('no page loads anything from another host', () => {
  const foreign = /<(?:script|img|link)\b[^>]*(?:src|href)="(?:https?:)?\/\//
  expect(pages.filter((page) => foreign.test(read(page)))).toEqual([])
})

test('each page says its language', () => {
  for (const page of pages) {
    if (page === '404.html') continue
    expect(read(page)).toContain(`<html lang="${page.startsWith('en') ? 'en' : 'zh-CN'}"`)
  }
})

test('a page leads on to the next of the sections, and one that no section lists to none', () => {
  const next = (page: string) => /class="[^"]*\bpager-link next\b/.test(read(page))
  expect(['run/deploy.html', 'en/run/deploy.html'].filter(next)).toHaveLength(2)
  const errors = pages.filter((page) => /\/ERR_\w+\.html$/.test(page))
  expect(errors.length).toBeGreaterThan(50)
  expect(errors.filter(next)).toEqual([])
})
