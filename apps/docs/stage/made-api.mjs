import { generated } from './generated.mjs'
import { table } from './table.mjs'

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

const TEXTS = {
  zh: {
    title: '接口',
    intro:
      '服务自己的 `/docs` 有可以试用的文档，`/openapi.json` 是 OpenAPI 3.0，可以生成任何语言的客户端。说明用英文，与 `/openapi.json` 相同。错误都是 RFC 9457 的 problem：见[错误码](./errors/index.md)。请求体是 UTF-8 的 JSON；列表有 `limit` 与 `cursor`；429 与 503 带 `Retry-After`。',
    head: ['方法与路径', '作用', '凭据', '应答'],
    open: '不要',
  },
  en: {
    title: 'The API',
    intro:
      'The service’s own `/docs` lets you try each call. `/openapi.json` is OpenAPI 3.0, from which a client in any language is made. Errors are problems of RFC 9457: see [error codes](./errors/index.md). Bodies are JSON in UTF-8; lists take `limit` and `cursor`; 429 and 503 carry `Retry-After`.',
    head: ['method and path', 'what it does', 'login', 'answers'],
    open: 'none',
  },
}

/** @returns {Map<string, string[][]>} the rows by tag */
const rowsOf = (open) => {
  const tags = new Map()
  for (const [place, methods] of Object.entries(generated('openapi.json').paths)) {
    for (const method of METHODS.filter((name) => methods[name])) {
      const { tags: [tag = 'Others'] = [], summary, security = [], responses } = methods[method]
      const ways = security.flatMap(Object.keys).join(', ') || open
      const rows = tags.get(tag) ?? []
      rows.push([
        `\`${method.toUpperCase()} ${place}\``,
        summary,
        ways,
        Object.keys(responses).join(' '),
      ])
      tags.set(tag, rows)
    }
  }
  return tags
}

/** @returns {[string, Record<'zh' | 'en', string>][]} */
export const apiPages = () => {
  const page = (language) => {
    const { title, intro, head, open } = TEXTS[language]
    const parts = [...rowsOf(open)].map(([tag, rows]) => `## ${tag}\n\n${table(head, rows)}\n`)
    return `# ${title}\n\n${intro}\n\n${parts.join('\n')}`
  }
  return [['reference/api', { zh: page('zh'), en: page('en') }]]
}
