/** Words of the world's file and of what clients refuse. */
export const worldZh = {
  worldFile: '世界文件',
  worldFileHint:
    '人、手机、聊天、卡片、设置与时间存成一个文件，不含密钥、令牌与登录。导入会替换现在的世界。',
  worldExport: '导出',
  worldImport: '导入',
  worldSaved: '已导出',
  worldLoaded: '已导入',
  noForward: '这个客户端不转发私密消息',
  reasonForward: '这个客户端不转发私密消息。',
  reasonNotInChat: '这部手机不在那个聊天里。',
  reasonWindow: '这条私密消息已过可转发的时间。',
  reasonMenu: '这个页面隐藏了转发。',
  reasonNoCard: '还没有私密卡片。请先分享一张。',
  reasonEverybody: '这个客户端的人都在那个聊天里。',
} as const

export const worldEn: { readonly [K in keyof typeof worldZh]: string } = {
  worldFile: 'World file',
  worldFileHint:
    'People, phones, chats, cards, settings and time as one file, without keys, tokens or logins. An import replaces the present world.',
  worldExport: 'Export',
  worldImport: 'Import',
  worldSaved: 'Exported',
  worldLoaded: 'Imported',
  noForward: 'This client does not forward private messages',
  reasonForward: 'This client does not forward private messages.',
  reasonNotInChat: 'This phone is not in that chat.',
  reasonWindow: 'This private message can no longer be shared.',
  reasonMenu: 'The share menu of this page is hidden.',
  reasonNoCard: 'There is no private card yet. Share one first.',
  reasonEverybody: 'Everybody of this client is in that chat.',
}
