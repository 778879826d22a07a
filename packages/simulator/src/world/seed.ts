import type { World } from './world.js'

/** The world that a fresh `npm start` shows: three people, a phone each on both platforms, chats on both. */
export const seedDemo = (world: World): void => {
  const people = [
    { id: 'lin', name: '林晓 Lin Xiao', wecomUserid: 'LinXiao' },
    { id: 'chen', name: '陈默 Chen Mo', wecomUserid: 'ChenMo' },
    { id: 'zhou', name: '周远 Zhou Yuan', wecomUserid: 'ZhouYuan' },
  ]
  const platforms = { lin: 'ios', chen: 'android', zhou: 'ios' } as const
  for (const person of people) {
    world.people.add({ ...person, wechat: true })
    for (const client of ['wechat', 'wecom'] as const) {
      world.phones.add({
        id: `${person.id}-${client}`,
        person: person.id,
        client,
        platform: platforms[person.id as keyof typeof platforms],
      })
    }
  }
  for (const client of ['wechat', 'wecom'] as const) {
    const single = (a: string, b: string) =>
      world.chats.add({ id: `${client}-${a}-${b}`, client, kind: 'single', members: [a, b] })
    single('lin', 'chen')
    single('lin', 'zhou')
    single('chen', 'zhou')
    world.chats.add({
      id: `${client}-group`,
      client,
      kind: 'group',
      name: client === 'wechat' ? '周末爬山 Weekend hike' : '项目组 Project team',
      members: ['lin', 'chen'],
    })
  }
  // Chen's old phones: WeCom before 3.1.8 (Q1) and a WeChat that still forwards private cards.
  const old = { person: 'chen', platform: 'android', sdkVersion: '2.16.0' } as const
  world.phones.add({ ...old, id: 'chen-wechat-old', client: 'wechat', version: '7.0.20' })
  world.phones.add({ ...old, id: 'chen-wecom-old', client: 'wecom', version: '3.1.6' })
}
