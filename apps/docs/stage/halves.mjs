/** Where the English half of a paper begins: `## English`, or a second title. */
const ENGLISH = /^(?:## (?:In )?English|# .+)$/m

/**
 * A paper of the repository holds both languages, the Chinese first.
 * @param {string} text @returns {{ zh: string, en: string }} the halves without their titles
 */
export const halvesOf = (text) => {
  const [, first = ''] = /^# .+\n([\s\S]*)$/.exec(text) ?? []
  const cut = ENGLISH.exec(first)
  if (!cut) throw new Error('the paper has no English half: `## English`, or a second title')
  const zh = first.slice(0, cut.index)
  const en = first.slice(cut.index + cut[0].length)
  const common = /^## [^\n]+ \/ [^\n]+$/m.exec(en)
  // A last part that names itself in both languages belongs to both.
  const tail = common ? en.slice(common.index) : ''
  const chinese = zh.replace(/^\[English below\].*$/m, '').replace(/^## 中文$/m, '')
  return { zh: raise(chinese) + tail, en: raise(en) }
}

/** Below `## 中文` and `## English` each heading is one level deeper than it would be on a page of its own. */
const raise = (text) =>
  /^## /m.test(text.replace(/^## [^\n]+ \/ .*$/m, '')) ? text : text.replace(/^###/gm, '##')

/**
 * A paper for engineers is English, with a summary in Chinese.
 * @param {string} text @returns {{ zh: string, en: string }}
 */
export const summaryOf = (text) => {
  const [, body = ''] = /^# .+\n([\s\S]*)$/.exec(text) ?? []
  const [whole = '', zh = ''] = /^## 中文摘要\n([\s\S]*?)(?=^## )/m.exec(body) ?? []
  if (!whole) throw new Error('the paper has no part `## 中文摘要`')
  return { zh, en: body.replace(whole, '').replace(/^\[中文摘要\].*$/m, '') }
}
