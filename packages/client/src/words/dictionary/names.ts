import type { Words } from './words.js'

/** What people are called, and how they say it. */
export const names = {
  'name.code-alone': { zh: '成员 {code}', en: 'Member {code}' },
  'name.with-code': { zh: '{name} · {code}', en: '{name} · {code}' },
  'name.by-self': { zh: '{name}（自填）· {code}', en: '{name} (self-declared) · {code}' },
  'name.sender': { zh: '发送人：{who}', en: 'Sent by {who}' },
  'name.ask': { zh: '填个名字？', en: 'Add your name?' },
  'name.ask-sender': {
    zh: '收到卡片的人就知道是谁发的。',
    en: 'Readers of your cards then see who sent them.',
  },
  'name.ask-reader': {
    zh: '发送人就知道是你看过。',
    en: 'The sender then sees that it was you who read this.',
  },
  'name.ask-note': {
    zh: '可以不填，不填就不再问。别人会看到这是自填的名字。',
    en: 'You can skip this; then you are not asked again. Others see that the name is self-declared.',
  },
  'name.field': { zh: '你的名字', en: 'Your name' },
  'name.save': { zh: '保存名字', en: 'Save name' },
  'name.saving': { zh: '正在保存…', en: 'Saving…' },
  'name.skip': { zh: '不填', en: 'Skip' },
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
