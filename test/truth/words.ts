import type { Client } from '@sealcard/simulator'
import type { ChatKind, Reader } from './cases.js'

/** The words of the paper, in one language. */
export interface Words {
  title: string
  intro: readonly string[]
  read: { heading: string; items: readonly string[] }
  heads: readonly [string, string, string, string, string, string]
  places: Record<Client, Record<ChatKind, string>>
  readers: Record<Reader, string>
  clients: Record<Client, (versions: { version: string; sdkVersion: string }) => string>
  noTicket: string
  success: string
  failure: string
  opens: string
  owner: string
  refused: string
  unconfirmed: { heading: string; intro: string; heads: readonly [string, string, string] }
  follows: { heading: string; items: readonly string[] }
}

export const zh: Words = {
  title: '私密消息真值表',
  intro: [
    '谁打开一张私密卡片，页面得到什么，服务怎样决定：每个平台、每种聊天、每种人、每种客户端版本各一行。',
    '一项测试在模拟器与真正的服务上演出每一行，再写出本文件；文件过时，测试就失败。平台一方是模拟器，不是真机。' +
      '它的行为按平台文档，出处见 [SIMULATOR.md](../../packages/simulator/SIMULATOR.md)。回答里有 † 的，平台没有全部写明。',
  ],
  read: {
    heading: '怎样读',
    items: [
      '**页面先知道的**：微信是 `wx.getEnterOptionsSync()`，企业微信是 `wx.qy.getContext()`。',
      '**调用的回答**：微信是 `wx.authPrivateMessage`，企业微信是 `wx.qy.getShareInfo`。没有 `shareTicket` 的页面不必调用；' +
        '表里照样调用。`encryptedData` 与 `iv` 只有服务能解开。',
      '**服务的决定**：页面把得到的 `encryptedData` 与 `iv` 交给 `POST /v1/shares/:shareId/openings`；没有得到就交空的。',
      '**拿着别人的证明**：被改过的页面交一份别人（收件人）刚取得、还没用过的证明。“–”是那位收件人自己。',
      '**转发得到的人**：旧客户端把卡片长按转发给他；原来的聊天里没有他。',
    ],
  },
  heads: ['谁', '客户端', '页面先知道的', '调用的回答', '服务的决定', '拿着别人的证明'],
  places: {
    wechat: { single: '微信，单聊', group: '微信，群聊' },
    wecom: { single: '企业微信，单聊', group: '企业微信，群聊' },
  },
  readers: {
    sharer: '分享者',
    recipient: '收件人',
    member: '群成员',
    joiner: '后来入群的人',
    leaver: '已退群的人',
    stranger: '转发得到的人',
    customer: '聊天里的微信用户',
  },
  clients: {
    wechat: ({ sdkVersion }) => `微信，基础库 ${sdkVersion}`,
    wecom: ({ version }) => `企业微信 ${version}`,
  },
  noTicket: '没有 `shareTicket`',
  success: '成功',
  failure: '失败',
  opens: '打开，201',
  owner: '自己的卡片，200；不计打开',
  refused: '拒绝',
  unconfirmed: {
    heading: '平台没有写明的',
    intro:
      '标 † 的行，平台文档没有写明全部。模拟器的开关换一个值，同一行再演一遍，回答不同，服务的决定相同。',
    heads: ['开关', '值', '聊天'],
  },
  follows: {
    heading: '由此可知',
    items: [
      '`valid` 由页面读出，谁都能改，所以服务不看它，只看解开的内容（W1）。',
      '群成员以打开时为准：退群的人失去，后来入群的人得到（W1、Q1）。',
      '场景值与 `chatType` 随版本变化，不能用来判断；只看有没有 `shareTicket`（W23）。',
      '分享者自己的卡片由登录身份认出，不需要证明。',
      '证明用取得它的人的 `session_key` 加密，所以别人交上来也解不开；企业微信的证明还写着 `curReceiver`（W11、Q1）。',
      '每一种拒绝都是同一个回答，页面看不出原因。',
      '基础库低于 2.13.0 没有 `authPrivateMessage`，企业微信低于 3.1.8 没有 `getShareInfo`：请先判断接口在不在，再请用户更新' +
        '（W23、Q1）。这些旧客户端给不给 `shareTicket`，以及失败的文字，平台没有写明。',
      '微信用户在企业微信的聊天里得不到 `shareTicket`（Q1）。',
      '`qy__` 前缀真机上有没有，平台没有写明：请按结尾匹配（C19）。',
    ],
  },
}

export const en: Words = {
  title: 'English',
  intro: [
    'Who opens a private card, what the page gets, and what the service decides. Each platform, kind of chat, reader and ' +
      'client version has a row.',
    'A test plays each row with the simulator and the real service, then writes this file. An old file fails the test. The ' +
      'platform is the simulator, not a phone. It follows the platforms’ documents; ' +
      '[SIMULATOR.md](../../packages/simulator/SIMULATOR.md) has the sources. A † marks what they leave open.',
  ],
  read: {
    heading: 'How to read it',
    items: [
      '**The page knows first**: `wx.getEnterOptionsSync()` in WeChat, `wx.qy.getContext()` in WeCom.',
      '**The call answers**: `wx.authPrivateMessage` in WeChat, `wx.qy.getShareInfo` in WeCom. A page without a `shareTicket` ' +
        'need not call; the table calls all the same. Only the service can decrypt `encryptedData` with `iv`.',
      '**The service decides**: the page sends its `encryptedData` and `iv` to `POST /v1/shares/:shareId/openings`. A page that ' +
        'has none sends them empty.',
      '**With another’s proof**: a changed page sends a fresh, unused proof of a recipient. A “–” is that recipient.',
      '**Reader of a forward**: an old client forwarded the card to them. They are not in the first chat.',
    ],
  },
  heads: [
    'Reader',
    'Client',
    'The page knows first',
    'The call answers',
    'The service decides',
    'With another’s proof',
  ],
  places: {
    wechat: { single: 'WeChat, one to one', group: 'WeChat, group' },
    wecom: { single: 'WeCom, one to one', group: 'WeCom, group' },
  },
  readers: {
    sharer: 'Sharer',
    recipient: 'Recipient',
    member: 'Member',
    joiner: 'Late joiner',
    leaver: 'Leaver',
    stranger: 'Reader of a forward',
    customer: 'WeChat user in the chat',
  },
  clients: {
    wechat: ({ sdkVersion }) => `WeChat, base library ${sdkVersion}`,
    wecom: ({ version }) => `WeCom ${version}`,
  },
  noTicket: 'no `shareTicket`',
  success: 'success',
  failure: 'fail',
  opens: 'opens, 201',
  owner: 'own card, 200; not counted',
  refused: 'refuses',
  unconfirmed: {
    heading: 'What the platforms leave open',
    intro:
      'The documents do not say all of a row with †. A switch of the simulator takes another value, and the test plays the ' +
      'row again. The answer changes; the decision stays.',
    heads: ['Switch', 'Value', 'Chat'],
  },
  follows: {
    heading: 'What follows',
    items: [
      'The page reads `valid`, and anybody can change it. The service ignores it and reads what it decrypts (W1).',
      'Membership counts at the opening. A leaver loses the card, a late joiner gains it (W1, Q1).',
      'Scene and `chatType` change with versions. Never decide by them; look for `shareTicket` (W23).',
      'The service knows the sharer by the login. The sharer needs no proof.',
      'A proof is encrypted with the `session_key` of whoever obtained it. Another’s session cannot decrypt it. A WeCom proof ' +
        'names its `curReceiver`, too (W11, Q1).',
      'All refusals are one answer. The page cannot see the reason.',
      'Base libraries before 2.13.0 have no `authPrivateMessage`, WeCom before 3.1.8 no `getShareInfo` (W23, Q1). Test whether ' +
        'the call exists, then ask for an update. The documents do not say whether such clients give a `shareTicket`, nor the ' +
        'words of the failure.',
      'A WeChat user in a WeCom chat gets no `shareTicket` (Q1).',
      'The documents do not say whether phones write the prefix `qy__`. Match the end of the text (C19).',
    ],
  },
}
