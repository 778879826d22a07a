import { readFileSync } from 'node:fs'
import path from 'node:path'
import MiniSearch from 'minisearch'
import { INDEX, search } from '../search/index-options.mjs'
import { sectionsOf } from '../search/sections.mjs'
import { tokenize } from '../search/tokenize.mjs'

const built = (file: string) => readFileSync(path.join(__dirname, '../dist', file), 'utf8')
const indexOf = (language: string) =>
  MiniSearch.loadJSON(built(`assets/search-${language}.json`), INDEX as never)
const found = (index: MiniSearch, query: string): string[] =>
  search(index, query).map(({ href }) => String(href))

/** What a person types, and a page that must be among the first five. */
const QUERIES = {
  白名单: 'platforms/wechat.html',
  可信域名: 'adopt/web-page.html',
  反向代理: 'run/deploy.html',
  备份: 'run/postgresql.html',
  上线检查: 'run/go-live.html',
  隐私保护指引: 'platforms/wechat.html',
  订阅消息模板: 'platforms/bots.html',
  接收者: 'why/proofs.html',
  已被撤回: 'reference/errors/ERR_CARD_REVOKED.html',
  次数用完: 'reference/errors/ERR_VIEW_LIMIT.html',
  时钟: 'reference/errors/ERR_CLOCK.html',
  审计链: 'run/go-live.html',
  拍屏: 'why/not.html',
  端到端加密: 'why/not.html',
  基础库最低版本: 'platforms/wechat.html',
  构建npm: 'adopt/native.html',
  分享图片: 'adopt/',
  交接登录: 'backend/servers.html',
  凭证: 'backend/servers.html',
  体检密钥: 'adopt/web-page.html',
  聊天附件栏: 'adopt/web-page.html',
  智能机器人: 'platforms/bots.html',
  验证失败: 'platforms/bots.html',
  动态码: 'run/deploy.html',
  一次性链接: 'run/console.html',
  离职: 'run/console.html',
  容量分区: 'run/capacity.html',
  连接池: 'run/postgresql.html',
  请求太多: 'reference/errors/ERR_RATE_LIMITED.html',
  五分钟: 'begin/first-card.html',
}

describe('the index of the built site', () => {
  const index = indexOf('zh')

  test.each(Object.entries(QUERIES))('%s leads to %s', (query, page) => {
    const first = found(index, query).slice(0, 5)
    expect(first.map((href) => href.replace('/help/', '').replace(/#.*/, ''))).toContain(page)
  })

  test('has thirty queries to answer', () => {
    expect(Object.keys(QUERIES)).toHaveLength(30)
  })

  test('an error is found by a part of its code, and an errcode by its number', () => {
    expect(found(index, 'proof_rejected')[0]).toContain('ERR_PROOF_REJECTED')
    expect(found(index, '40164').join()).toContain('reference/errcodes.html')
  })

  test('says nothing of what is not there', () => {
    expect(found(index, '量子纠缠')).toEqual([])
  })

  test('English pages are found by a beginning or with a wrong letter', () => {
    const english = indexOf('en')
    expect(found(english, 'revoc').join()).toContain('/help/en/why/not.html')
    expect(found(english, 'postgresqk').join()).toContain('/help/en/run/postgresql.html')
  })

  test('each place that it knows is in the site', () => {
    const hrefs = new Set(found(index, '的').concat(found(index, '卡片')))
    expect(hrefs.size).toBeGreaterThan(20)
    for (const href of hrefs) {
      const [page = '', id] = href.replace('/help/', '').split('#')
      const html = built(page === '' || page.endsWith('/') ? `${page}index.html` : page)
      if (id) expect(html).toContain(`id="${id}"`)
    }
  })
})

test('Chinese is cut into each two characters side by side, so that every part of a text is found', () => {
  expect(tokenize('接收者，ERR_INPUT！')).toEqual(['接收', '收者', 'err', 'input'])
  expect(tokenize('卡')).toEqual(['卡'])
  expect(tokenize('限制', 'title')).toEqual(['限制', '限', '制'])
})

test('a page gives one place for each heading, in words', () => {
  const html =
    '<div class="vp-doc _x"><div><h1 id="a" tabindex="-1">A &amp; B <a class="header-anchor" href="#a">​</a></h1><p>one</p>' +
    '<h2 id="b">B</h2><pre><code>x &lt; 1</code></pre></div></div></main>'
  expect(sectionsOf(html, '/help/x.html')).toEqual([
    { href: '/help/x.html', title: 'A & B', page: 'A & B', text: 'one' },
    { href: '/help/x.html#b', title: 'B', page: 'A & B', text: 'x < 1' },
  ])
})
