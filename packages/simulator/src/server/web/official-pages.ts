import type { FastifyInstance, FastifyReply } from 'fastify'
import { authorize } from '../../operations/pages/authorize.js'
import { webLogin } from '../../operations/pages/web-login.js'
import type { Deps } from '../deps.js'

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<meta name="color-scheme" content="light dark"><title>${title}</title><style>body{font:16px/1.6 system-ui;margin:15vh auto;` +
  `max-width:22em;padding:0 1em;text-align:center}a{display:block;padding:.6em;margin:.4em 0;border:1px solid;border-radius:8px;` +
  `color:inherit;text-decoration:none}</style></head><body>${body}</body></html>`

/** A page of the platform with one sentence. */
export const errorPage = (reply: FastifyReply, status: number, text: string): FastifyReply =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(page('提示', `<p>${escaped(text)}</p>`))

/** WeCom's login in a computer's browser: the page that asks who scans, or the way back. */
export const loginPage = (
  { world }: Pick<Deps, 'world'>,
  query: Record<string, string>,
  reply: FastifyReply,
  leave: (location: string) => FastifyReply,
): FastifyReply => {
  const answer = webLogin(world, query)
  if ('error' in answer) return errorPage(reply, 200, answer.error)
  if ('location' in answer) return leave(answer.location)
  const links = answer.choose.map(({ id, name }) => {
    const href = `?${new URLSearchParams({ ...query, as: id }).toString()}`
    return `<a href="${escaped(href)}">${escaped(name)}</a>`
  })
  const title = query['lang'] === 'en' ? 'WeCom login: who scans?' : '企业微信登录：谁来扫码？'
  return reply
    .type('text/html; charset=utf-8')
    .send(page(title, `<h1 style="font-size:1.2em">${title}</h1>${links.join('')}`))
}

/** The platforms' pages for a browser that is no phone: `/open.weixin.qq.com/…`, `/login.work.weixin.qq.com/…`. */
export const officialPages = (app: FastifyInstance, deps: Deps): void => {
  app.get('/open.weixin.qq.com/connect/oauth2/authorize', (request, reply) => {
    const answer = authorize(deps.world, null, request.query as Record<string, string>)
    return errorPage(reply, 200, 'error' in answer ? answer.error : '')
  })

  app.get('/login.work.weixin.qq.com/wwlogin/sso/login', (request, reply) =>
    loginPage(deps, request.query as Record<string, string>, reply, (location) =>
      reply.redirect(location, 302),
    ),
  )
}
