import type { PhoneRecord, WecomApp } from '../../world/records.js'
import { tokenApp, type World } from '../../world/world.js'

/** Where the browser goes next, or the sentence that a page shows instead. */
export type PageAnswer = { location: string } | { error: string }

/** Q17: letters and digits, 128 bytes at most. */
const STATE = /^[A-Za-z0-9]{0,128}$/

/** Q17: the redirect's host and port equal the trusted domain; its scheme and path do not matter. */
export const trustedRedirect = (app: WecomApp, redirect: string | undefined): URL | null => {
  if (redirect === undefined || !URL.canParse(redirect)) return null
  const url = new URL(redirect)
  return app.web !== undefined && url.host === app.web.domain ? url : null
}

const withCode = (url: URL, code: string, state: string | undefined): string => {
  url.searchParams.set('code', code)
  if (state !== undefined) url.searchParams.set('state', state)
  return url.href
}

/** The code that an app's page gets for a person, on the address that the app asked for. */
export const sendBack = (
  world: World,
  app: WecomApp,
  at: { url: URL; state: string | undefined; person: string },
): string => {
  const { url, state, person } = at
  const code = world.webCodes.issue({ app: tokenApp(app), person, host: url.host })
  return withCode(url, code, state)
}

/**
 * Q17: `https://open.weixin.qq.com/connect/oauth2/authorize`. Silent: the person of the phone, by a redirect. It works in
 * WeChat, too (C21). SIM: `snsapi_privateinfo` is treated as `snsapi_base`, and every mistake shows one sentence.
 */
export const authorize = (
  world: World,
  phone: PhoneRecord | null,
  query: Record<string, string>,
): PageAnswer => {
  // Q17: what the page says outside a client.
  if (!phone) return { error: '请在微信客户端打开链接' }
  const ofCorp = world.wecomApps().filter(({ corpid }) => corpid === query['appid'])
  if (ofCorp.length === 0) return { error: 'appid 参数错误' }
  const { redirect_uri, agentid, state, scope = '' } = query
  if (query['response_type'] !== 'code') return { error: 'response_type 参数错误' }
  if (!['snsapi_base', 'snsapi_privateinfo'].includes(scope)) return { error: 'scope 参数错误' }
  if (state !== undefined && !STATE.test(state)) return { error: 'state 参数错误' }
  // Q17 marks agentid required and recommended on one page. SIM: without it, the app whose domain it is.
  const app = ofCorp.find((one) =>
    agentid === undefined
      ? trustedRedirect(one, redirect_uri) !== null
      : String(one.agentid) === agentid,
  )
  if (agentid !== undefined && !app) return { error: 'agentid 参数错误' }
  const url = app ? trustedRedirect(app, redirect_uri) : null
  if (!app || !url) return { error: 'redirect_uri 参数错误' }
  return { location: sendBack(world, app, { url, state, person: phone.person }) }
}
