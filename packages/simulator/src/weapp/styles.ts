import postcss, { CssSyntaxError, type AtRule, type Root } from 'postcss'
import type { WeappProblem } from './problem.js'

/** A phone is 750 rpx wide (WXSS documentation), a viewport 100 vw. */
const rpxToVw = (value: string): string =>
  value.replace(
    /(-?(?:\d+\.?\d*|\.\d+))rpx\b/g,
    (_, n: string) => `${+(Number(n) / 7.5).toFixed(4)}vw`,
  )

/** The `page` element is the box of one page in the phone's document. */
const pageBox = (selector: string): string =>
  selector.replace(/(^|[\s,>+~(])page(?=$|[\s,>+~.:#[)])/g, '$1wx-page-box')

const darkFeature = /\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/i

/**
 * A phone's theme is the phone's own setting, which a page in a frame cannot set as a media feature. So the rule hangs on an
 * attribute of the document instead; `:where` adds no specificity, hence the cascade stays as written.
 */
const themeRules = (rule: AtRule): void => {
  const theme = darkFeature.exec(rule.params)?.[1]?.toLowerCase()
  if (rule.name !== 'media' || theme === undefined) return
  rule.walkRules((inner) => {
    inner.selectors = inner.selectors.map((s) => `:where(html[data-theme='${theme}']) ${s}`)
  })
  const rest = rule.params
    .replace(darkFeature, '')
    .replace(/\band\s*(?=$|,|and\b)/g, '')
    .replace(/^\s*and\b/, '')
    .trim()
  if (rest === '' || rest === 'screen' || rest === 'all') rule.replaceWith(rule.nodes ?? [])
  else rule.params = rest
}

/** `@import './a.wxss'` is resolved inside the package, once per importing sheet, as WeChat does. */
const inlineImports = (root: Root, file: string, read: (file: string) => string | null): void => {
  root.walkAtRules('import', (rule) => {
    const target = rule.params.replace(/^url\(|\)$/g, '').replace(/['"]/g, '')
    const base = target.startsWith('/') ? [] : file.split('/').slice(0, -1)
    for (const part of target.split('/')) {
      if (part === '..') base.pop()
      else if (part !== '.' && part !== '') base.push(part)
    }
    const source = read(base.join('/'))
    if (source === null) throw rule.error(`no such file: ${target}`)
    const imported = postcss.parse(source, { from: base.join('/') })
    inlineImports(imported, base.join('/'), read)
    rule.replaceWith(imported.nodes)
  })
}

export const compileStyle = (
  file: string,
  read: (file: string) => string | null,
): { css: string } | { problem: WeappProblem } => {
  try {
    const root = postcss.parse(read(file) ?? '', { from: file })
    inlineImports(root, file, read)
    root.walkDecls((declaration) => {
      declaration.value = rpxToVw(declaration.value)
    })
    root.walkAtRules((rule) => {
      rule.params = rpxToVw(rule.params)
    })
    root.walkRules((rule) => {
      rule.selector = pageBox(rule.selector)
    })
    root.walkAtRules(themeRules)
    return { css: root.toString() }
  } catch (error) {
    if (!(error instanceof CssSyntaxError)) throw error
    const { reason: message, line = null, column = null } = error
    return { problem: { file, line, column, message } }
  }
}
