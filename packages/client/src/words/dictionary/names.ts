import type { Words } from './words.js'

/** What people are called, and how they say it. */
export const names = {
  'name.code-alone': { zh: '成员 {code}', en: 'Member {code}' },
  'name.with-code': { zh: '{name} · {code}', en: '{name} · {code}' },
  'name.by-self': { zh: '{name}（自填）· {code}', en: '{name} (self-declared) · {code}' },
  'name.sender': { zh: '发送人：{who}', en: 'Sent by {who}' },
  'name.field': { zh: '你的名字', en: 'Your name' },
  'name.save': { zh: '保存名字', en: 'Save name' },
  'name.saving': { zh: '正在保存…', en: 'Saving…' },
  'name.saved': { zh: '名字已保存', en: 'Name saved' },
  'name.refused': {
    zh: '微信没有通过这个名字，请换一个。',
    en: 'WeChat did not accept this name. Choose another.',
  },
  'name.failed': { zh: '没有保存成功，请再试一次。', en: 'It was not saved. Please try again.' },
  'name.wrong': {
    zh: '名字要有 1 到 32 个字符，不能换行。',
    en: 'A name has 1 to 32 characters, on one line.',
  },
} as const satisfies Words
