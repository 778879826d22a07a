import type { CardStatus } from '@sealcard/protocol'
import type { CardEventKind } from '../registry/card-event-kind.js'

export type Language = 'zh' | 'en'

/** Everything that the bot says. Both languages have every key. `render.ts` makes titles safe, not this file. */
interface Words {
  readonly help: {
    title: string
    /** Below the commands. */
    card: string
  }
  readonly buttons: {
    help: string
    cards: string
    stats: string
    confirmRevoke: string
    cancel: string
  }
  readonly welcome: string
  readonly unknown: string
  readonly media: string
  readonly working: (seconds: number) => string
  readonly waiting: (ahead: number) => string
  readonly willFollow: string
  readonly gone: string
  readonly sorry: string
  readonly blocked: string
  readonly inPrivate: { title: string; lines: readonly string[] }
  readonly status: Record<CardStatus, string>
  readonly viewers: (n: number) => string
  readonly cards: {
    title: string
    none: string
    more: (shown: number, all: string) => string
    hint: string
  }
  readonly which: {
    title: string
    tooMany: (n: number) => string
    none: string
    near: (title: string) => string
    list: string
    missing: string
  }
  readonly who: {
    title: (title: string) => string
    nobody: string
    counts: (viewers: number, total: number, refused: number) => string
    more: (n: number) => string
    times: (count: number, last: string) => string
  }
  readonly revoke: {
    ask: (title: string) => string
    explain: string
    done: (title: string) => string
    already: (title: string) => string
    cancelled: string
  }
  readonly extend: {
    done: (title: string, until: string) => string
    revoked: (title: string) => string
    expired: (title: string) => string
    endless: (title: string) => string
    tooLong: (until: string) => string
    changed: string
    usage: string
  }
  readonly stats: {
    title: string
    cards: string
    active: string
    readers: string
    openings: string
    refused: string
    some: (n: number) => string
  }
  readonly notices: {
    /** @param who their name, if any, and code; empty where that is not known any more */
    opened: (title: string, at: string, who: string) => string
    /** @param who the first of them; empty where that is not known any more */
    readers: (title: string, who: string, n: number) => string
    asked: (title: string, who: string, n: number) => string
    /** @param n recipients who came too late */
    late: (title: string, who: string, n: number) => string
    refused: (title: string, n: number) => string
    expiring: (title: string, at: string) => string
    /** For a message that is a card: a title of 4 to 12 characters, and what stands before each line. */
    kinds: Record<CardEventKind, { title: string; label: string }> & {
      several: string
      more: string
      time: string
    }
    people: (who: string, n: number) => string
    times: (n: number) => string
    /** The first line of an app message. */
    news: (at: string) => string
    more: (n: number) => string
    where: string
  }
}

const zh: Words = {
  help: {
    title: '封笺：管理你的私密卡片',
    card: '<卡片> 可以是标题的一部分，也可以是列表里的序号。',
  },
  buttons: {
    help: '帮助',
    cards: '我的卡片',
    stats: '统计',
    confirmRevoke: '确认撤回',
    cancel: '不撤回',
  },
  welcome: '你好，我可以帮你管理私密卡片。',
  unknown: '没有听懂这句话。',
  media: '我只看文字，图片和文件没有下载，也没有保存。',
  working: (seconds) => `正在处理，已用 ${seconds} 秒……`,
  waiting: (ahead) => `排队中，前面还有 ${ahead} 条消息……`,
  willFollow: '还需要一些时间，完成后会在这里回复。',
  gone: '这条回答已经不在了，请再问一次。',
  sorry: '没有办成，什么都没有改变。请稍后再试。',
  blocked: '管理员已停用你的账号，这里不能再为你操作。如有疑问，请联系管理员。',
  inPrivate: {
    title: '请在单聊里问我',
    lines: ['为了保护隐私，卡片的标题和打开名单不会出现在群里。'],
  },
  status: { active: '有效', revoked: '已撤回', expired: '已到期' },
  viewers: (n) => `${n} 人看过`,
  cards: {
    title: '我的卡片',
    none: '你还没有发出过卡片。在小程序里写一张吧。',
    more: (shown, all) => `显示最近 ${shown} 张，共 ${all} 张。`,
    hint: '可以回复“谁看过 1”或“撤回 1”。',
  },
  which: {
    title: '是哪一张卡片？',
    tooMany: (n) => `有 ${n} 张卡片符合，这里是最近的几张。也可以多写几个字。`,
    none: '没有找到这张卡片。',
    near: (title) => `是“${title}”吗？`,
    list: '可以说“我的卡片”，看看标题和序号。',
    missing: '请写上卡片标题的一部分，或列表里的序号。',
  },
  who: {
    title: (title) => `谁看过“${title}”`,
    nobody: '还没有人打开过。',
    counts: (viewers, total, refused) => `${viewers} 人打开 ${total} 次，拒绝 ${refused} 次。`,
    more: (n) => `另有 ${n} 人，请在小程序里查看。`,
    times: (count, last) => `${count} 次，最近 ${last}`,
  },
  revoke: {
    ask: (title) => `撤回“${title}”？`,
    explain: '撤回后任何人都打不开，不能恢复。',
    done: (title) => `已撤回“${title}”`,
    already: (title) => `“${title}”早已撤回`,
    cancelled: '没有撤回',
  },
  extend: {
    done: (title, until) => `“${title}”延期到 ${until}。`,
    revoked: (title) => `“${title}”已撤回，不能延期。`,
    expired: (title) => `“${title}”已到期，内容已清除，不能延期。`,
    endless: (title) => `“${title}”没有到期时间，不需要延期。`,
    tooLong: (until) => `最多只能延到 ${until}：平台的证明或公司规定的期限到此为止。`,
    changed: '卡片刚刚被改动，没有延期，请再试一次。',
    usage: '请这样写：延期 <卡片> 3 天（1 到 365 天）。',
  },
  stats: {
    title: '统计',
    cards: '卡片',
    active: '有效',
    readers: '读过的人次',
    openings: '打开次数',
    refused: '拒绝次数',
    some: (n) => `按最近 ${n} 张卡片统计。`,
  },
  notices: {
    opened: (title, at, who) => `“${title}”在 ${at} 第一次被打开${who && `：${who}`}。`,
    readers: (title, who, n) =>
      `“${title}”又有 ${n} 人打开${who && `：${who}`}${n > 1 ? ' 等' : ''}。`,
    asked: (title, who, n) =>
      `“${title}”收到 ${n} 个查看申请${who && `：${who}`}${n > 1 ? ' 等' : ''}。`,
    late: (title, who, n) =>
      `“${title}”有 ${n} 人来晚了，没能打开${who && `：${who}`}${n > 1 ? ' 等' : ''}。`,
    refused: (title, n) => `“${title}”有 ${n} 次打开被拒绝。`,
    expiring: (title, at) => `“${title}”将在 ${at} 到期。`,
    kinds: {
      opened: { title: '卡片第一次被打开', label: '打开' },
      readers: { title: '又有人打开了卡片', label: '新读者' },
      asked: { title: '有人申请查看卡片', label: '申请' },
      late: { title: '有收件人来晚了', label: '来晚了' },
      refused: { title: '有人没能打开卡片', label: '被拒绝' },
      expiring: { title: '卡片明天到期', label: '到期' },
      several: '私密卡片有新动态',
      more: '其他',
      time: '时间',
    },
    people: (who, n) => (n > 1 ? `${who}等 ${n} 人` : who),
    times: (n) => `${n} 次`,
    news: (at) => `封笺 ${at}`,
    more: (n) => `另有 ${n} 件。`,
    where: '详情请在小程序里查看。',
  },
}

const en: Words = {
  help: {
    title: 'Sealcard: your private cards',
    card: '<card> is part of its title, or its number in the list.',
  },
  buttons: {
    help: 'Help',
    cards: 'My cards',
    stats: 'Stats',
    confirmRevoke: 'Revoke',
    cancel: 'Keep it',
  },
  welcome: 'Hello! I can manage your private cards.',
  unknown: 'I did not understand that.',
  media: 'I read words only; the picture or file was neither downloaded nor kept.',
  working: (seconds) => `Working on it, ${seconds} s so far…`,
  waiting: (ahead) => `Waiting; messages before this one: ${ahead}…`,
  willFollow: 'This takes longer. The answer will follow here.',
  gone: 'This answer is gone; please ask again.',
  sorry: 'That did not work, and nothing was changed. Please try again later.',
  blocked: 'An administrator blocked your account. Ask your administrator about it.',
  inPrivate: {
    title: 'Please ask me in a single chat',
    lines: ['For privacy, titles of cards and who opened them are never shown in a group.'],
  },
  status: { active: 'active', revoked: 'revoked', expired: 'expired' },
  viewers: (n) => (n === 1 ? '1 reader' : `${n} readers`),
  cards: {
    title: 'My cards',
    none: 'You have not sent a card yet. Write one in the mini-program.',
    more: (shown, all) => `The latest ${shown} of ${all}.`,
    hint: 'Try “who opened 1” or “revoke 1”.',
  },
  which: {
    title: 'Which card?',
    tooMany: (n) => `${n} cards match; these are the latest. A few more letters would help.`,
    none: 'There is no such card.',
    near: (title) => `Did you mean “${title}”?`,
    list: 'Say “my cards” for titles and numbers.',
    missing: 'Please add part of the card’s title, or its number in the list.',
  },
  who: {
    title: (title) => `Who opened “${title}”`,
    nobody: 'Nobody has opened it yet.',
    counts: (viewers, total, refused) =>
      `Readers: ${viewers}. Openings: ${total}. Refused: ${refused}.`,
    more: (n) => `${n} more in the mini-program.`,
    times: (count, last) => `${count} ×, last ${last}`,
  },
  revoke: {
    ask: (title) => `Revoke “${title}”?`,
    explain: 'Nobody will be able to open it any more. This cannot be undone.',
    done: (title) => `Revoked “${title}”`,
    already: (title) => `“${title}” was revoked before`,
    cancelled: 'Not revoked',
  },
  extend: {
    done: (title, until) => `“${title}” now expires at ${until}.`,
    revoked: (title) => `“${title}” is revoked and cannot be extended.`,
    expired: (title) => `“${title}” has expired and its words are erased. It cannot be extended.`,
    endless: (title) => `“${title}” does not expire.`,
    tooLong: (until) =>
      `It can be extended to ${until} at most: there the platform's proofs or the company's limit end.`,
    changed: 'The card has just been changed; it was not extended. Please try again.',
    usage: 'Please write: extend <card> 3 days (1 to 365 days).',
  },
  stats: {
    title: 'Stats',
    cards: 'Cards',
    active: 'Active',
    readers: 'Readers',
    openings: 'Openings',
    refused: 'Refused',
    some: (n) => `Of your latest ${n} cards.`,
  },
  notices: {
    opened: (title, at, who) => `“${title}” was first opened at ${at}${who && ` by ${who}`}.`,
    readers: (title, who, n) =>
      `New readers of “${title}”: ${n}${who && ` (${who}${n > 1 ? ' and others' : ''})`}.`,
    asked: (title, who, n) =>
      `Requests for access to “${title}”: ${n}${who && ` (${who}${n > 1 ? ' and others' : ''})`}.`,
    late: (title, who, n) =>
      `Came too late to open “${title}”: ${n}${who && ` (${who}${n > 1 ? ' and others' : ''})`}.`,
    refused: (title, n) => `Refused attempts to open “${title}”: ${n}.`,
    expiring: (title, at) => `“${title}” expires at ${at}.`,
    kinds: {
      opened: { title: 'Card opened', label: 'Opened' },
      readers: { title: 'New readers', label: 'Readers' },
      asked: { title: 'New requests', label: 'Requests' },
      late: { title: 'Came late', label: 'Too late' },
      refused: { title: 'Not opened', label: 'Refused' },
      expiring: { title: 'Card expires', label: 'Expires' },
      several: 'Card news',
      more: 'More',
      time: 'Time',
    },
    people: (who, n) => (n > 1 ? `${who} +${n - 1}` : who),
    times: (n) => `${n} ×`,
    news: (at) => `Sealcard ${at}`,
    more: (n) => `And ${n} more.`,
    where: 'See the mini-program for more.',
  },
}

export const WORDS: Readonly<Record<Language, Words>> = { zh, en }
