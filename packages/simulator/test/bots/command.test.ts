import { botCommand } from '../../src/bots/command.js'
import { BotBench } from '../kit/bot-bench.js'
import { BOT_KEYS, goodCards, stream, type FakeBot } from '../kit/fake-bot.js'

let bench: BotBench
let server: FakeBot
let lines: string[]
beforeEach(async () => {
  bench = await BotBench.start()
  server = bench.server
  lines = []
})
afterEach(() => bench.close())

const keys = ['--token', BOT_KEYS.token, '--aes-key', BOT_KEYS.encodingAesKey]
const run = (...args: string[]) =>
  botCommand(['--url', server.url, ...keys, ...args], (line) => lines.push(line), {
    clock: bench.clock,
    timer: bench.timer,
  })

describe('sealcard-simulator bot', () => {
  it('should check the URL, send a text and show what came', async () => {
    server.answer = (payload) => stream(`您说：${payload.text?.content ?? ''}`, true)
    expect(await run('--text', '我的卡片', '--user', 'lin')).toBe(0)
    expect(lines[0]).toBe('URL check: ok, 0 ms')
    expect(lines).toContain('    您说：我的卡片')
    expect(server.got[0].from).toEqual({ userid: 'lin' })
  })

  it('should press a button of the card that came', async () => {
    const card = goodCards()['button_interaction']
    server.answer = ({ event }) =>
      event
        ? { reply: { response_type: 'update_template_card', template_card: card } }
        : { reply: { msgtype: 'template_card', template_card: card } }
    expect(await run('--click', 'keep:1')).toBe(0)
    expect(server.got[1].event.template_card_event).toMatchObject({
      event_key: 'keep:1',
      task_id: 'task-1',
    })
    expect(lines).toContain('  buttons: revoke:1, keep:1')
    expect(await run('--click', 'nothing:1')).toBe(1)
    expect(await run('--click', 'keep:1', '--task', 'task-9')).toBe(1)
  })

  it('should end with 1 and name the clause of a fault', async () => {
    server.echo = () => ({ raw: 'nope' })
    expect(await run('--enter')).toBe(1)
    expect(lines.join('\n')).toMatch(/FAULT 5\.2 body/)
    server.echo = (text) => ({ raw: text })
    server.answer = () => ({ reply: { msgtype: 'text', text: { content: '你好' } } })
    expect(await run('--enter')).toBe(0)
    expect(await run()).toBe(1)
    expect(lines.join('\n')).toMatch(/FAULT 5\.6 msgtype: text is no answer to text/)
  })

  it('should play everything and print a table', async () => {
    let n = 0
    server.answer = ({ msgtype, event }) => {
      if (event?.eventtype === 'enter_chat') {
        return { reply: { msgtype: 'template_card', template_card: goodCards()['text_notice'] } }
      }
      if (event || msgtype === 'voice') return { raw: '' }
      return msgtype === 'text' ? stream('好', true, 'shared') : stream('好', true, `s${++n}`)
    }
    expect(await run('--all')).toBe(1)
    const rows = lines.filter((line) => /^(ok|FAULT) /.test(line))
    expect(rows).toHaveLength(18)
    expect(rows[0]).toMatch(/^ok +enter_chat +200 0 ms +template_card text_notice/)
    expect(lines).toContain('       5.6 stream.id: is that of another message')
    expect(rows.filter((line) => line.startsWith('FAULT'))).toHaveLength(3)
    expect(server.got.map(({ msgtype }) => msgtype)).toEqual(
      expect.arrayContaining(['text', 'mixed', 'image', 'voice', 'file', 'video', 'event']),
    )
  })

  it('should say which option is wrong', async () => {
    await expect(botCommand([], () => undefined)).rejects.toThrow('--url is required')
    await expect(run('--aes-key', 'x')).rejects.toThrow('--aes-key')
    expect(await botCommand(['--help'], (line) => lines.push(line))).toBe(0)
    expect(lines[0]).toContain('--aes-key')
  })
})
