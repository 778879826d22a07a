import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * The site's policy lets no inline script count. Each becomes a file, which still runs before the page is drawn. A style in
 * an element would not count either; the theme's own are for moments that its styles know.
 * @param {string} html @param {string} outDir @param {string} base @returns {string}
 */
export const noInline = (html, outDir, base) =>
  html
    .replace(/<script(?: id="[^"]*")?>([\s\S]*?)<\/script>/g, (_, code) => {
      const hash = createHash('sha256').update(code).digest('hex').slice(0, 8)
      const file = `assets/head.${hash}.js`
      mkdirSync(path.join(outDir, 'assets'), { recursive: true })
      writeFileSync(path.join(outDir, file), code)
      return `<script src="${base}${file}"></script>`
    })
    .replace(/(<[^<>]*?) style="[^"]*"/g, '$1')
