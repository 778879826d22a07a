import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const CONSOLE = path.resolve(__dirname, '../../apps/console')
const DIST = path.join(CONSOLE, 'dist')
const page = readFileSync(path.join(DIST, 'index.html'), 'utf8')

describe('the built console', () => {
  it('loads at most 350 KB, compressed, before the overview shows', () => {
    // The command ends with an error when the page is over its budget.
    const sizes = execFileSync(process.execPath, [path.join(CONSOLE, 'scripts/size.mjs')])
    expect(sizes.toString()).toMatch(/total, gzip; budget 358400/)
  })

  it('needs no inline code: scripts are files, and style elements carry the nonce', () => {
    expect(page).not.toMatch(/<style|style=|\son\w+=/)
    for (const [, inside] of page.matchAll(/<script[^>]*>([^<]*)</g)) expect(inside).toBe('')
    expect(page).toContain('<meta property="csp-nonce" nonce="SEALCARD_NONCE"')
  })

  it('names no other origin that a browser would ask', () => {
    const files = readdirSync(DIST, { recursive: true }).map(String)
    const addresses = files
      .filter((name) => /\.(html|css)$/.test(name))
      .flatMap(
        (name) =>
          readFileSync(path.join(DIST, name), 'utf8').match(
            /(?:url\(|(?:src|href)=)["']?https?:[^"')]+/g,
          ) ?? [],
      )
    expect(addresses).toEqual([])
  })
})
