import type { Words } from './words.js'

/** What an owner can do with a card after it was written. */
export const own = {
  'own.section': { zh: '更多操作', en: 'More' },
  'own.edit': { zh: '编辑', en: 'Edit' },
  'own.edit-words': {
    zh: '还没有人打开，标题和正文也能改',
    en: 'Not opened yet: title and text can change, too',
  },
  'own.edit-policy': {
    zh: '已有人打开，只能改有效期、次数和保护',
    en: 'It was opened: expiry, limits and protection only',
  },
  'own.copy': { zh: '复制成新卡片', en: 'Duplicate' },
  'own.copy-hint': { zh: '以它为底稿，再写一张', en: 'Write another card, starting from this one' },
  'own.copy-question': { zh: '替换没写完的草稿？', en: 'Replace your unsent draft?' },
  'own.copy-effect': {
    zh: '草稿里的标题和正文会换成这张卡片的，不能恢复。',
    en: 'This card’s title and text take the place of those in the draft. This cannot be undone.',
  },
  'own.copy-confirm': { zh: '替换草稿', en: 'Replace' },
  'own.delete': { zh: '删除卡片', en: 'Delete the card' },
  'own.delete-question': { zh: '删除这张卡片？', en: 'Delete this card?' },
  'own.delete-effect': {
    zh: '任何人都不能再打开，标题和正文立即抹去，不能恢复。已经看过的内容收不回来。',
    en: 'No one can open it any more. Its title and text are erased now, and this cannot be undone. What was read stays read.',
  },
  'own.delete-confirm': { zh: '确认删除', en: 'Delete' },
  'own.deleting': { zh: '正在删除…', en: 'Deleting…' },

  'extend.title': { zh: '延期', en: 'Extend' },
  'extend.revives': {
    zh: '延期后，收到过的人可以再打开。',
    en: 'Once extended, those who received it can open it again.',
  },
  'extend.day': { zh: '+24 小时', en: '+24 hours' },
  'extend.week': { zh: '+7 天', en: '+7 days' },
  'extend.date': { zh: '选择日期', en: 'Choose a date' },
  'extend.to-date': { zh: '延到这一天', en: 'Extend to this date' },
  'extend.past': { zh: '请选更晚的日期。', en: 'Choose a later date.' },
  'extend.working': { zh: '正在延期…', en: 'Extending…' },
  'extend.done': { zh: '已延到 {time}', en: 'Extended to {time}' },

  'edit.title': { zh: '编辑卡片', en: 'Edit the card' },
  'edit.words-stay': {
    zh: '已有人打开过，标题和正文不能再改。其他改动对以后的打开有效。',
    en: 'It was opened, so its title and text stay. Other changes count for openings from now on.',
  },
  'edit.end-stays': { zh: '不变（{time}）', en: 'Unchanged ({time})' },
  'edit.save': { zh: '保存', en: 'Save' },
  'edit.saving': { zh: '正在保存…', en: 'Saving…' },
  'edit.unsaved': {
    zh: '改动还在，可以直接重试。',
    en: 'Your changes are still here; just try again.',
  },
  'edit.conflict': {
    zh: '刚刚有人打开了这张卡片，标题和正文不能再改了。',
    en: 'Someone has just opened this card, so its title and text can no longer change.',
  },

  'late.title': { zh: '来晚了的人', en: 'Who came too late' },
  'late.verify_window_closed': {
    zh: '{time} 来过，已超过可打开的时间',
    en: 'Came {time}, after the time for opening',
  },
  'late.card_revoked': { zh: '{time} 来过，卡片已撤回', en: 'Came {time}, after you revoked it' },
  'late.card_expired': { zh: '{time} 来过，卡片已过期', en: 'Came {time}, after it expired' },
  'late.view_limit': { zh: '{time} 来过，次数已用完', en: 'Came {time}, when no opening was left' },

  'label.field': { zh: '分享给谁（选填）', en: 'For whom (optional)' },
  'label.hint': { zh: '例如“财务群”，只有你看得到', en: 'Like “Finance”; only you see it' },
  'label.through': { zh: '经由“{label}”', en: 'Through “{label}”' },
  'label.none': { zh: '未标记的分享', en: 'Share without a label' },
} as const satisfies Words
