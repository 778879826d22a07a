/** Words of the ready scenes. */
export const scenesZh = {
  scenes: '场景',
  scenesHint: '布置一个场景会清空手机上的聊天、故障与日志，并回到现在的时间。服务里的卡片仍在。',
  sceneSet: '布置',
  sceneReset: '重来',
  sceneSingle: '一对一',
  sceneSingleSteps: '林晓写一张卡片，发给陈默。陈默在聊天里点开：能读到。',
  sceneGroup: '群里有人退出、有人后来',
  sceneGroupSteps: '林晓把卡片发到微信群。周远退群后打不开；苏晴进群后能打开。',
  sceneZhouLeaves: '周远退群',
  sceneSuJoins: '苏晴进群',
  sceneCustomer: '企业微信群里的微信客户',
  sceneCustomerSteps: '林晓用企业微信把卡片发到顾客群。陈默能打开；顾客用的是微信，得不到票据。',
  sceneForward: '旧版客户端的转发',
  sceneForwardSteps:
    '林晓把卡片发给陈默。陈默用旧版手机把它转发给周远；周远看得到卡片，打不开内容。',
  sceneOnce: '只能看一次的卡片',
  sceneOnceSteps: '林晓写一张每人最多看 1 次的卡片，发给陈默。陈默看过后再点：不能再看。',
  sceneWeb: '网页版',
  sceneWebSteps: '在林晓的企业微信里打开工作台的网页版，写一张卡片，分享到项目组；陈默点开链接。',
  sceneBot: '机器人',
  sceneBotSteps: '在林晓的企业微信里打开机器人的聊天，说“帮助”，再说“我的卡片”。',
  strangerTries: '让陌生人试着打开',
  strangerDone: '已转发给没有收到过的人，正在那部手机上打开',
  strangerHint: '把最新的私密卡片从旧版手机转发给一个没有收到的人，并在其手机上打开。',
} as const

export const scenesEn: { readonly [K in keyof typeof scenesZh]: string } = {
  scenes: 'Scenes',
  scenesHint:
    'Setting a scene clears the phones’ chats, the faults and the log, and goes back to the present time. Cards stay in the service.',
  sceneSet: 'Set up',
  sceneReset: 'Again',
  sceneSingle: 'One to one',
  sceneSingleSteps:
    'Lin Xiao writes a card and sends it to Chen Mo, who taps it in the chat: it opens.',
  sceneGroup: 'A group with a leaver and a joiner',
  sceneGroupSteps:
    'Lin Xiao sends a card to the WeChat group. Zhou Yuan leaves and cannot open it; Su Qing joins and can.',
  sceneZhouLeaves: 'Zhou Yuan leaves',
  sceneSuJoins: 'Su Qing joins',
  sceneCustomer: 'A WeChat customer in a WeCom group',
  sceneCustomerSteps:
    'Lin Xiao sends a card to the customer group with WeCom. Chen Mo can open it; the customer is on WeChat and gets no ticket.',
  sceneForward: 'A forward from an old client',
  sceneForwardSteps:
    'Lin Xiao sends a card to Chen Mo. Chen Mo forwards it to Zhou Yuan from the old phone. Zhou Yuan sees the card and cannot open it.',
  sceneOnce: 'A card for one view',
  sceneOnceSteps:
    'Lin Xiao writes a card with 1 view per person and sends it to Chen Mo. After the first view it does not open again.',
  sceneWeb: 'The web page',
  sceneWebSteps:
    'In Lin Xiao’s WeCom, open the web page on the workbench, write a card and share it to the project team. Chen Mo taps the link.',
  sceneBot: 'A bot',
  sceneBotSteps: 'In Lin Xiao’s WeCom, open the chat of the bot. Say "help", then "my cards".',
  strangerTries: 'Let a stranger try',
  strangerDone: 'Forwarded to somebody who never got it; opening on that phone',
  strangerHint:
    'Forwards the newest private card from an old phone to somebody who never got it, and opens it there.',
}
