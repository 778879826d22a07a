import type { ServerOperation, ServerRoute } from './types.js'
import { checkSessionKey, resetUserSessionKey } from './wechat/check-session.js'
import { createActivityId } from './wechat/create-activity.js'
import { code2Session as wechatCode2Session } from './wechat/jscode2session.js'
import { sendSubscribeMessage } from './wechat/subscribe-send.js'
import { getStableAccessToken } from './wechat/stable-token.js'
import { getAccessToken } from './wechat/token.js'
import { takeBotResponse } from './wecom/aibot-response.js'
import { getToken } from './wecom/gettoken.js'
import { getUserInfo } from './wecom/getuserinfo.js'
import { getIpList } from './wecom/ip-list.js'
import { code2Session as wecomCode2Session } from './wecom/jscode2session.js'
import { getAgentTicket, getCorpTicket } from './wecom/jsapi-ticket.js'
import { sendAppMessage } from './wecom/message-send.js'
import { getUser } from './wecom/user-get.js'

const wechat = (id: string, method: 'GET' | 'POST', path: string, run: ServerOperation) =>
  ({ id: `wechat.${id}`, host: 'api.weixin.qq.com', method, path, run }) satisfies ServerRoute
const wecom = (id: string, method: 'GET' | 'POST', path: string, run: ServerOperation) =>
  ({ id: `wecom.${id}`, host: 'qyapi.weixin.qq.com', method, path, run }) satisfies ServerRoute

/** The server APIs that are simulated. Whatever is not here answers 501. */
export const SERVER_ROUTES: readonly ServerRoute[] = [
  wechat('token', 'GET', '/cgi-bin/token', getAccessToken),
  wechat('stable_token', 'POST', '/cgi-bin/stable_token', getStableAccessToken),
  wechat('jscode2session', 'GET', '/sns/jscode2session', wechatCode2Session),
  wechat('checksession', 'GET', '/wxa/checksession', checkSessionKey),
  wechat('resetusersessionkey', 'GET', '/wxa/resetusersessionkey', resetUserSessionKey),
  wechat('activityid.create', 'GET', '/cgi-bin/message/wxopen/activityid/create', createActivityId),
  wechat('subscribe.send', 'POST', '/cgi-bin/message/subscribe/send', sendSubscribeMessage),
  wecom('gettoken', 'GET', '/cgi-bin/gettoken', getToken),
  wecom('jscode2session', 'GET', '/cgi-bin/miniprogram/jscode2session', wecomCode2Session),
  wecom('getcallbackip', 'GET', '/cgi-bin/getcallbackip', getIpList),
  wecom('get_api_domain_ip', 'GET', '/cgi-bin/get_api_domain_ip', getIpList),
  wecom('aibot.response', 'POST', '/cgi-bin/aibot/response', takeBotResponse),
  wecom('get_jsapi_ticket', 'GET', '/cgi-bin/get_jsapi_ticket', getCorpTicket),
  wecom('ticket.get', 'GET', '/cgi-bin/ticket/get', getAgentTicket),
  wecom('getuserinfo', 'GET', '/cgi-bin/auth/getuserinfo', getUserInfo),
  wecom('message.send', 'POST', '/cgi-bin/message/send', sendAppMessage),
  wecom('user.get', 'GET', '/cgi-bin/user/get', getUser),
]

/** The platforms know them, the simulator does not: 501 names them, so that no one looks for a typing error. */
export const KNOWN_UNSIMULATED: readonly string[] = [
  '/api.weixin.qq.com/cgi-bin/message/wxopen/updatablemsg/send',
  '/api.weixin.qq.com/cgi-bin/message/wxopen/chattoolmsg/send',
  '/api.weixin.qq.com/cgi-bin/clear_quota',
  '/api.weixin.qq.com/cgi-bin/clear_quota/v2',
  '/api.weixin.qq.com/cgi-bin/openapi/quota/get',
  '/api.weixin.qq.com/cgi-bin/openapi/quota/clear',
  '/qyapi.weixin.qq.com/cgi-bin/service/miniprogram/jscode2session',
  '/qyapi.weixin.qq.com/cgi-bin/miniprogram/transfer_session',
  '/qyapi.weixin.qq.com/cgi-bin/service/auth/getuserinfo3rd',
  '/qyapi.weixin.qq.com/cgi-bin/service/get_suite_token',
  '/qyapi.weixin.qq.com/cgi-bin/service/get_corp_token',
  '/qyapi.weixin.qq.com/cgi-bin/externalcontact/opengid_to_chatid',
  '/qyapi.weixin.qq.com/cgi-bin/user/list',
  '/qyapi.weixin.qq.com/cgi-bin/user/simplelist',
  '/qyapi.weixin.qq.com/cgi-bin/auth/getuserdetail',
]
