import type { ErrcodeAdvice } from './errcode-advice.js'
import type { UnreachableReason } from '../calls/platform-error.js'

const NETWORK = {
  todo: 'Check firewall, route, proxy and the resolver of this server; `sealcard doctor` tries each.',
  zh: '请检查这台服务器的防火墙、路由、代理与域名解析；`sealcard doctor` 会逐项尝试。',
}

const FOREIGN = {
  todo: 'See whether a proxy or a login page stands between this server and the platform, and whether apiBase is right.',
  zh: '请检查这台服务器与平台之间是否有代理或登录页，以及 apiBase 是否正确。',
}

const advice = (
  code: string,
  what: string,
  zh: string,
  { todo, zh: todoZh }: { readonly todo: string; readonly zh: string },
): ErrcodeAdvice => ({ code, what, todo, zh: { what: zh, todo: todoZh } })

const ADVICE: Readonly<Record<UnreachableReason, ErrcodeAdvice>> = {
  refused: advice('refused', 'no connection to the platform', '连不上平台', NETWORK),
  reset: advice('reset', 'the connection to the platform broke', '与平台的连接中断了', NETWORK),
  timeout: advice('timeout', 'the platform gave no answer in time', '平台没有及时答复', NETWORK),
  status: advice('status', 'the answer is not the platform’s', '答复不是平台发出的', FOREIGN),
  body: advice('body', 'the answer is not the platform’s', '答复不是平台发出的', FOREIGN),
  shape: advice(
    'shape',
    'the answer is not in the documented form',
    '答复的格式与文档不符',
    FOREIGN,
  ),
  busy: {
    ...advice('busy', 'the platform is busy', '平台繁忙', { todo: 'Wait.', zh: '请等待。' }),
    passes: true,
  },
  open: {
    ...advice('open', 'calls are not tried after many failures', '多次失败后暂停调用', {
      todo: 'It tries again by itself. The error before this one says why.',
      zh: '服务会自动重试。原因见之前的错误。',
    }),
    passes: true,
  },
  lease: {
    ...advice(
      'lease',
      'another process fetches the access token and does not finish',
      '另一个进程正在获取 access token，还没有完成',
      { todo: 'Wait a minute.', zh: '请等一分钟。' },
    ),
    passes: true,
  },
}

/** What it means that a platform gave no answer of its own. @param reason an `UnreachableReason`, or an errcode */
export const unreachableAdvice = (reason: string): ErrcodeAdvice | undefined =>
  Object.hasOwn(ADVICE, reason) ? ADVICE[reason as UnreachableReason] : undefined
