import { FAKE_WECOM_SECRET } from '@sealcard/simulator'

/** The ticket that the platform gives now: the application's own, or its corp's. */
export const ticketAt = async (simulatorUrl: string, kind: 'agent' | 'corp'): Promise<string> => {
  const ask = async (call: string, query: Record<string, string>) => {
    const address = `${simulatorUrl}/qyapi.weixin.qq.com/cgi-bin/${call}`
    const answer = await fetch(`${address}?${new URLSearchParams(query).toString()}`)
    return (await answer.json()) as Record<string, string>
  }
  const secret = { corpid: 'ww0000000000000001', corpsecret: FAKE_WECOM_SECRET }
  const { access_token = '' } = await ask('gettoken', secret)
  const answer =
    kind === 'agent'
      ? await ask('ticket/get', { access_token, type: 'agent_config' })
      : await ask('get_jsapi_ticket', { access_token })
  return answer['ticket'] ?? ''
}
