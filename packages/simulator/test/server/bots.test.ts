import { memoryStore } from '../../src/adapters/file-store.js'
import { openMedia } from '../../src/crypto/callback.js'
import { BOT_KEYS, FakeBot, goodCards, stream } from '../kit/fake-bot.js'
import { freshSimulator, HOUR, type Bench } from '../kit/fresh-simulator.js'

let server: FakeBot
let bench: Bench
const lin = { from: 'lin' }
const desk = () => bench.client.bot('desk')

beforeEach(async () => {
  server = await new FakeBot().start()
  bench = await freshSimulator()
  await bench.client.setSettings({ wecom: { botPollMs: 1 } })
  await bench.client.addBot({ id: 'desk', url: server.url, ...BOT_KEYS })
})
afterEach(async () => {
  await bench.close()
  await server.close()
})

describe('the bots of the world', () => {
  it('should be listed without their keys', async () => {
    const [bot] = await bench.client.bots()
    expect(bot).toMatchObject({ id: 'desk', name: '封笺助手', exchanges: 0, complaints: 0 })
    expect(JSON.stringify(bot)).not.toContain(BOT_KEYS.encodingAesKey)
    await desk().remove()
    expect(await bench.client.bots()).toEqual([])
  })

  it('should be checked before they are registered', async () => {
    const bad = { ...BOT_KEYS, url: server.url, encodingAesKey: 'short' }
    await expect(bench.client.addBot(bad)).rejects.toMatchObject({ status: 400 })
    const twice = { id: 'desk', url: server.url, ...BOT_KEYS }
    await expect(bench.client.addBot(twice)).rejects.toMatchObject({ status: 400 })
  })

  it('should be verified, and say what is wrong', async () => {
    expect(await desk().verify()).toMatchObject({ status: 200, complaints: [] })
    server.echo = (text) => ({ raw: JSON.stringify(text) })
    expect((await desk().verify()).complaints).toMatchObject([{ clause: '5.2', path: 'body' }])
  })

  it("should hear people under their WeCom account's userid", async () => {
    server.answer = (_payload, n) => stream('我的卡片'.slice(0, n), n === 3)
    const sent = await desk().send({ kind: 'text', ...lin, text: '我的卡片' })
    expect(sent).toMatchObject({ from: 'LinXiao', text: '我的卡', complaints: [] })
    expect(await desk().exchanges()).toEqual([sent])
    await bench.client.addPerson({ id: 'wu', name: '吴' })
    const outside = desk().send({ kind: 'text', from: 'wu', text: 'x' })
    await expect(outside).rejects.toMatchObject({ status: 400 })
  })

  it('should hear a person of another corp, and say that it was refused', async () => {
    const corpid = 'wwOTHER0000000001'
    server.answer = ({ from }) => (from.corpid === undefined ? { raw: '' } : { status: 403 })
    const sent = await desk().send({ kind: 'text', ...lin, corpid, text: '我的卡片' })
    expect(server.got.at(-1).from).toEqual({ userid: 'LinXiao', corpid })
    expect(sent?.complaints[0]?.message).toMatch(/403/)
    const marked = await desk().send({ kind: 'feedback', ...lin, corpid, id: 'x', type: 1 })
    expect(marked?.complaints[0]?.message).toMatch(/403/)
    expect((await desk().send({ kind: 'text', ...lin, text: '帮助' }))?.complaints).toEqual([])
  })

  it('should hear groups only from their members', async () => {
    const say = (from: string, chat: string) =>
      desk().send({ kind: 'text', from, chat, text: '统计' })
    expect((await say('lin', 'wecom-group'))?.chatid).toBe('wecom-group')
    await expect(say('zhou', 'wecom-group')).rejects.toMatchObject({ status: 400 })
    await expect(say('lin', 'wechat-group')).rejects.toMatchObject({ status: 400 })
    const voice = { kind: 'voice', from: 'lin', chat: 'wecom-group', transcript: 'x' } as const
    await expect(desk().send(voice)).rejects.toMatchObject({ status: 409 })
  })

  it('should get every kind of message and event', async () => {
    const data = Buffer.from('bytes').toString('base64')
    await desk().send({ kind: 'mixed', ...lin, items: [{ text: '看' }, { image: data }] })
    await desk().send({ kind: 'image', ...lin, data })
    await desk().send({ kind: 'voice', ...lin, transcript: '帮助' })
    await desk().send({ kind: 'file', ...lin, data })
    await desk().send({ kind: 'video', ...lin, data })
    await desk().send({ kind: 'enter', ...lin })
    expect(await desk().send({ kind: 'enter', ...lin })).toBeNull()
    await desk().send({ kind: 'click', ...lin, task_id: 't', event_key: 'k' })
    await desk().send({ kind: 'feedback', ...lin, id: 'f', type: 1 })
    expect(server.got.map(({ msgtype, event }) => event?.eventtype ?? msgtype)).toEqual([
      'mixed',
      'image',
      'voice',
      'file',
      'video',
      'enter_chat',
      'template_card_event',
      'feedback_event',
    ])
    const file = await fetch(server.got[3].file.url)
    const sealed = Buffer.from(await file.arrayBuffer())
    expect(openMedia(BOT_KEYS.encodingAesKey, sealed).toString()).toBe('bytes')
    await bench.client.advance(HOUR)
    expect((await fetch(server.got[3].file.url)).status).toBe(404)
  })

  it('should keep their faults in the list instead of failing', async () => {
    server.answer = () => ({ status: 500 })
    const sent = await desk().send({ kind: 'text', ...lin, text: 'x' })
    expect(sent?.complaints).toMatchObject([{ clause: '5.3' }])
    expect((await bench.client.bots())[0]?.complaints).toBe(1)
  })

  it('should be followed in the background when the page does not wait', async () => {
    let finish = false
    server.answer = () => stream(finish ? 'done' : '…', finish)
    const sent = await desk().send({ kind: 'text', ...lin, text: 'x', wait: 'reply' })
    expect(sent).toMatchObject({ text: '…', stream: { finished: false } })
    const finished = new Promise<void>((resolve) => {
      const stop = bench.world.listen(({ type }) => {
        if (!bench.world.bots.get('desk').state.exchanges[0]?.stream?.finished) return
        if (type !== 'bots') return
        stop()
        resolve()
      })
    })
    finish = true
    await finished
    expect((await desk().exchanges())[0]?.text).toBe('done')
  })

  it('should answer later at the response_url of the platform, once', async () => {
    await desk().send({ kind: 'text', ...lin, text: 'x' })
    const url: string = server.got[0].response_url
    expect(url).toContain(`${bench.client.wecomApiBase}/cgi-bin/aibot/response?response_code=`)
    const body = JSON.stringify({ msgtype: 'markdown', markdown: { content: '看过 3 人' } })
    const post = async () => (await fetch(url, { method: 'POST', body })).json()
    expect(await post()).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(await post()).toMatchObject({ errcode: 60_140 })
    await bench.client.setSettings({ wecom: { botUsedResponseErrCode: 40_001 } })
    expect(await post()).toMatchObject({ errcode: 40_001 })
    expect((await desk().exchanges())[0]?.active).toHaveLength(1)
  })

  it('should be saved with the world, shown cards and open response codes included', async () => {
    const store = memoryStore()
    const first = await freshSimulator({ store })
    await first.client.addBot({ id: 'desk', url: server.url, ...BOT_KEYS })
    const card = goodCards()['button_interaction']
    server.answer = () => ({ reply: { msgtype: 'template_card', template_card: card } })
    await first.client.bot('desk').send({ kind: 'text', ...lin, text: '撤回' })
    await first.close()

    const second = await freshSimulator({ store })
    const code = new URL(server.got[0].response_url).search
    const later = { msgtype: 'markdown', markdown: { content: 'x' } }
    const path = `/qyapi.weixin.qq.com/cgi-bin/aibot/response${code}`
    expect(await second.post(path, later)).toMatchObject({ errcode: 0 })
    server.answer = () => ({ raw: '' })
    const click = { kind: 'click', ...lin, task_id: 'task-1', event_key: 'keep:1' } as const
    await second.client.bot('desk').send(click)
    expect(server.got[1].event.template_card_event.card_type).toBe('button_interaction')
    await second.close()
  })

  it('should be none in a world that was saved before there were bots', async () => {
    const { bots: _, ...old } = bench.world.export()
    await bench.client.importState(old)
    expect(await bench.client.bots()).toEqual([])
  })
})
