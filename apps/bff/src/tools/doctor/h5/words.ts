import type { MaterialKind, Outcome } from './key-trials.js'

export type Language = 'zh' | 'en'

/** Everything that `sealcard doctor h5` says. Both languages have every key. */
export interface Words {
  readonly materials: Readonly<Record<MaterialKind, string>>
  readonly outcomes: Readonly<Record<Outcome, string>>
  /** How a `session_key` is read: it is a key already. */
  readonly asItIs: string
  readonly result: {
    found: (derivation: string) => string
    already: (derivation: string) => string
    differs: (configured: string, derivation: string) => string
    ambiguous: (derivations: string) => string
    otherMaterial: (material: string, reading: string) => string
    otherSample: (outcome: string) => string
    none: string
  }
  readonly todo: {
    set: (derivation: string) => string
    again: string
    report: string
    sample: string
  }
  readonly sample: {
    unreadable: (field: string) => string
    facts: (bytes: number, client: string) => string
    sdk: (version: string) => string
    /** Of the application's ticket. */
    age: (minutes: number) => string
    /** Directives of the page's policy. */
    blocked: (directives: string) => string
  }
  readonly live: {
    /** An administrator follows this. */
    link: (address: string) => string
    /** The sample decided nothing. */
    waiting: string
    nothing: string
  }
  /** Asks on a terminal; nothing of the answer is shown. */
  readonly askTicket: string
  readonly noTicket: string
}

const en: Words = {
  materials: {
    ticket: 'application ticket',
    'previous ticket': 'previous application ticket',
    'corp ticket': 'corp ticket',
    'previous corp ticket': 'previous corp ticket',
    session_key: 'session_key of the mini-program',
  },
  outcomes: {
    hit: 'OPENS',
    'other state': 'opens, but with another state than the page declared',
    'other receiver': 'opens, but for another person than the opener',
    'no proof': 'opens, but state or curReceiver is missing',
    refused: 'reads like a proof, but the service refuses its form',
    text: 'padding right, text, but no JSON object',
    padding: 'padding right, but not text: a wrong key, not a wrong cipher',
    no: 'no',
    'too short': 'the ticket is too short for it',
  },
  asItIs: 'as it is',
  result: {
    found: (derivation) => `the key is ${derivation}`,
    already: (derivation) => `the key is ${derivation}, as the configuration says`,
    differs: (configured, derivation) =>
      `the configuration says ${configured}, but the key is ${derivation}: no web page opens`,
    ambiguous: (derivations) => `${derivations} give the same key from this ticket`,
    otherMaterial: (material, reading) =>
      `the key comes from the ${material} (${reading}), and the service has no way for that`,
    otherSample: (outcome) => `a key fits, but the sample is not the expected one: ${outcome}`,
    none: 'no key opens the sample',
  },
  todo: {
    set: (derivation) =>
      `Set "keyDerivation": "${derivation}" in the h5 block of the app, and restart the service.`,
    again:
      'Run the doctor again after the ticket has changed, in two hours at most; for samples in files, give both at once.',
    report:
      'Leave "keyDerivation" at "unverified": nothing opens by a guess. File an issue with these lines; there is no secret in them.',
    sample: 'Take another sample from the doctor’s own link.',
  },
  sample: {
    unreadable: (field) => `${field} of the sample is damaged: no key can open it`,
    facts: (bytes, client) => `sample: ${bytes} bytes of ciphertext, from ${client}`,
    sdk: (version) => `SDK ${version}`,
    age: (minutes) => `application ticket ${minutes} min old`,
    blocked: (directives) => `refused by the page's policy (CSP): ${directives}`,
  },
  live: {
    link: (address) =>
      `Open in WeCom: ${address}\nShare the page to a colleague, who opens it from the chat. The doctor waits 10 minutes; Ctrl-C ends it.`,
    waiting: 'Still waiting for another sample.',
    nothing: 'No sample decided it. The page is closed; leave "keyDerivation" as it is.',
  },
  askTicket: 'Application ticket (ticket/get?type=agent_config) of the sample’s moment: ',
  noTicket:
    'no ticket to try: put "ticket" into the sample’s file, name the app with --app, or run on a terminal',
}

const zh: Words = {
  materials: {
    ticket: '应用的 ticket',
    'previous ticket': '应用的上一个 ticket',
    'corp ticket': '企业的 ticket',
    'previous corp ticket': '企业的上一个 ticket',
    session_key: '小程序的 session_key',
  },
  outcomes: {
    hit: '能打开',
    'other state': '能打开，但 state 不是页面声明的那个',
    'other receiver': '能打开，但接收者不是打开的人',
    'no proof': '能打开，但缺少 state 或 curReceiver',
    refused: '读起来像证明，但服务不接受它的格式',
    text: '填充正确，是文本，但不是 JSON 对象',
    padding: '填充正确，但不是文本：密钥不对，算法没错',
    no: '打不开',
    'too short': 'ticket 太短',
  },
  asItIs: '原样',
  result: {
    found: (derivation) => `密钥的取法是 ${derivation}`,
    already: (derivation) => `密钥的取法是 ${derivation}，与配置一致`,
    differs: (configured, derivation) =>
      `配置写的是 ${configured}，密钥的取法却是 ${derivation}：网页里什么都打不开`,
    ambiguous: (derivations) => `对这个 ticket，${derivations} 得出同一个密钥`,
    otherMaterial: (material, reading) => `密钥来自${material}（${reading}），服务没有这种取法`,
    otherSample: (outcome) => `有密钥能打开，但样本不是要的那一个：${outcome}`,
    none: '没有密钥能打开样本',
  },
  todo: {
    set: (derivation) =>
      `在该应用的 h5 配置里写上 "keyDerivation": "${derivation}"，然后重启服务。`,
    again: '等 ticket 更换后（最多两小时）再运行一次；样本在文件里的，两个一起给。',
    report:
      '"keyDerivation" 保持 "unverified"：绝不靠猜来打开。请把这几行提交为 issue，里面没有任何机密。',
    sample: '请用体检给出的链接重新取一个样本。',
  },
  sample: {
    unreadable: (field) => `样本的 ${field} 已损坏：什么密钥都打不开`,
    facts: (bytes, client) => `样本：密文 ${bytes} 字节，来自 ${client}`,
    sdk: (version) => `SDK ${version}`,
    age: (minutes) => `应用的 ticket 已取得 ${minutes} 分钟`,
    blocked: (directives) => `被页面的 CSP 拦下：${directives}`,
  },
  live: {
    link: (address) =>
      `请在企业微信里打开：${address}\n把页面发给一位同事，由对方从聊天里打开。体检等待 10 分钟，按 Ctrl-C 结束。`,
    waiting: '继续等待下一个样本。',
    nothing: '没有能定论的样本。页面已关闭；"keyDerivation" 保持不变。',
  },
  askTicket: '取样时应用的 ticket（ticket/get?type=agent_config）：',
  noTicket: '没有可试的 ticket：写进样本文件的 "ticket"，或用 --app 指明应用，或在终端里运行',
}

export const words: Readonly<Record<Language, Words>> = { zh, en }
