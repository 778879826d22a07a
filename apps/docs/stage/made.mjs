import { ERRORS, INTERNAL_ERRORS } from '@sealcard/protocol'
import { ANSWERED } from '../words/errors-answered.mjs'
import { INTERNAL } from '../words/errors-internal.mjs'
import { generated } from './generated.mjs'
import { alertPages } from './made-alerts.mjs'
import { apiPages } from './made-api.mjs'
import { configPages } from './made-config.mjs'
import { table } from './table.mjs'

const link = (code) => `[\`${code}\`](./${code}.md)`

/** A test holds that each code has words. The product builds without them, and its page has the English meaning. */
const pick = (words, code, meaning) => words[code] ?? { zh: meaning, todo: { zh: '–', en: '–' } }

const answered = Object.entries(ERRORS).map(([code, { status, title }]) => ({
  code,
  status,
  en: title,
  ...pick(ANSWERED, code, title),
}))
const internal = Object.entries(INTERNAL_ERRORS).map(([code, meaning]) => ({
  code,
  en: meaning,
  ...pick(INTERNAL, code, meaning),
}))

const errorPage = ({ code, status, zh, en, todo }) => ({
  zh: `# ${code}

**${zh}。**

${status ? `HTTP ${status}，正文是 RFC 9457 的 problem，\`code\` 是 \`${code}\`。` : '只出现在日志、命令行或手机上，不出现在任何应答里。'}

## 怎么办

${todo.zh}

[全部错误码](./index.md)
`,
  en: `# ${code}

**${en}.**

${status ? `HTTP ${status}. The body is a problem of RFC 9457 whose \`code\` is \`${code}\`.` : 'In logs, on the command line or on the phone alone; no answer holds it.'}

## What to do

${todo.en}

[All error codes](./index.md)
`,
})

const errorIndex = {
  zh: `# 错误码

应答里的错误码是稳定的：程序可以依赖它。\`requestId\` 在日志里找得到同一个请求。

## 应答里的

${table(
  ['错误码', '状态', '意思'],
  answered.map(({ code, status, zh }) => [link(code), status, zh]),
)}

## 日志、命令行与手机上的

${table(
  ['错误码', '意思'],
  internal.map(({ code, zh }) => [link(code), zh]),
)}
`,
  en: `# Error codes

The codes in answers are stable: a program may rely on them. The \`requestId\` names the same request in the log.

## In answers

${table(
  ['code', 'status', 'meaning'],
  answered.map(({ code, status, en }) => [link(code), status, en]),
)}

## In logs, on the command line and on phones

${table(
  ['code', 'meaning'],
  internal.map(({ code, en }) => [link(code), en]),
)}
`,
}

const errors = () => [
  ['reference/errors/index', errorIndex],
  ...[...answered, ...internal].map((each) => [`reference/errors/${each.code}`, errorPage(each)]),
]

const NAMES = { wechat: { zh: '微信', en: 'WeChat' }, wecom: { zh: '企业微信', en: 'WeCom' } }

const errcodes = () => {
  const tables = generated('errcodes.json')
  const parts = (language, head) =>
    Object.entries(tables).map(([platform, codes]) => {
      const rows = Object.entries(codes).map(([errcode, { zh, ...en }]) => {
        const { what, todo } = language === 'zh' ? zh : en
        return [errcode, what, todo]
      })
      return `## ${NAMES[platform][language]}\n\n${table(head, rows)}\n`
    })
  return [
    [
      'reference/errcodes',
      {
        zh: `# 平台的错误码\n\n\`sealcard doctor\` 与管理后台的“系统状况”用同样的话。\n\n${parts('zh', ['errcode', '意思', '怎么办']).join('\n')}`,
        en: `# Errcodes of the platforms\n\n\`sealcard doctor\` and the console’s page of health say the same.\n\n${parts('en', ['errcode', 'meaning', 'what to do']).join('\n')}`,
      },
    ],
  ]
}

/** Pages that are made from the code: by name, what returns `[slug, { zh, en }]` for each. */
export const MADE = { alerts: alertPages, api: apiPages, config: configPages, errors, errcodes }
