import { parseArgs } from 'node:util'
import { BotReplyFault, describeComplaint } from './fault.js'
import { botPlatform, type BotOptions, type OwnBot } from './own-bot.js'
import { allPlays, keysOf, type Play } from './plays.js'
import { describeExchange, isFault, table, type Row } from './report.js'

export const BOT_HELP = `sealcard-simulator bot: talk to a smart bot server as WeCom would (像企业微信一样与智能机器人服务对话)

  --url <url>          callback URL of the bot server
  --token <token>      Token, as the administrator entered it
  --aes-key <key>      EncodingAESKey, 43 characters
  --receive-id <id>    default: empty, as for an enterprise's own bot
  --aibotid <id>       default: an obviously fake one
  --user <userid>      who talks (default zhangsan)
  --corpid <id>        of another corp than the bot's (UNCONFIRMED that the platform delivers it): must be refused
  --chat <chatid>      in a group instead of the 1-to-1 chat
  --text <text>        sends a text (default 帮助)
  --enter              enters the chat
  --click <key>        sends the text, then presses the button with this key on the card that came
  --task <task_id>     with --click: that card, without sending a text
  --all                plays every message and event kind and prints a table
  --help

Checks the URL first. Ends with 1 when the bot does something the platform would not take; each complaint names its clause.
`

const readOptions = (args: string[]) =>
  parseArgs({
    args,
    options: {
      url: { type: 'string' },
      token: { type: 'string' },
      'aes-key': { type: 'string' },
      'receive-id': { type: 'string', default: '' },
      aibotid: { type: 'string' },
      user: { type: 'string', default: 'zhangsan' },
      corpid: { type: 'string' },
      chat: { type: 'string' },
      text: { type: 'string', default: '帮助' },
      enter: { type: 'boolean', default: false },
      click: { type: 'string' },
      task: { type: 'string' },
      all: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  }).values
type Options = ReturnType<typeof readOptions>

const required = (options: Options, name: 'url' | 'token' | 'aes-key'): string => {
  const value = options[name]
  if (value === undefined || value === '') throw new Error(`--${name} is required`)
  return value
}

const botOf = (options: Options, ports: Partial<BotOptions>): OwnBot => {
  const url = required(options, 'url')
  if (!URL.canParse(url)) throw new Error(`--url ${url}: must be http://… or https://…`)
  const encodingAesKey = required(options, 'aes-key')
  if (!/^[A-Za-z0-9]{43}$/.test(encodingAesKey)) {
    throw new Error('--aes-key: must be 43 letters and digits')
  }
  return botPlatform({
    ...ports,
    url,
    encodingAesKey,
    token: required(options, 'token'),
    receiveId: options['receive-id'],
    ...(options.aibotid === undefined ? {} : { aibotid: options.aibotid }),
  })
}

const playsOf = (bot: OwnBot, options: Options): Play[] => {
  const { user: from, corpid, chat, text } = options
  if (options.all) return allPlays(bot, from, text)
  const say: Play = { name: `text ${text}`, run: () => bot.sendText({ from, corpid, chat, text }) }
  if (options.enter) return [{ name: 'enter_chat', run: () => bot.enterChat({ from, corpid }) }]
  const key = options.click
  if (key === undefined) return [say]
  const press: Play = {
    name: `click ${key}`,
    run: () => {
      const card = bot.exchanges
        .flatMap(({ cards }) => cards)
        .findLast((c) => keysOf(c).includes(key))
      const task = options.task ?? card?.['task_id']
      if (typeof task !== 'string') throw new Error(`no card with a button ${key} came`)
      return bot.clickButton({ from, corpid, chat, task_id: task, event_key: key })
    },
  }
  return options.task === undefined ? [say, press] : [press]
}

const played = async ({ name, run }: Play): Promise<Row> => {
  try {
    return { name, exchange: await run(), error: null }
  } catch (error) {
    if (error instanceof BotReplyFault && error.exchange) {
      return { name, exchange: error.exchange, error: null }
    }
    return { name, exchange: null, error: error instanceof Error ? error.message : String(error) }
  }
}

const checkUrl = async (bot: OwnBot, print: (line: string) => void): Promise<boolean> => {
  try {
    const { ms } = await bot.verifyUrl()
    print(`URL check: ok, ${ms} ms`)
    return true
  } catch (error) {
    if (!(error instanceof BotReplyFault)) throw error
    for (const found of error.complaints) print(`URL check: FAULT ${describeComplaint(found)}`)
    return false
  }
}

/** @returns the exit code: 0, or 1 on a fault of the bot. Throws on a mistake in the arguments. */
export const botCommand = async (
  args: string[],
  print: (line: string) => void,
  ports: Partial<BotOptions> = {},
): Promise<number> => {
  const options = readOptions(args)
  if (options.help) {
    print(BOT_HELP)
    return 0
  }
  const bot = botOf(options, ports)
  try {
    const good = await checkUrl(bot, print)
    const rows: Row[] = []
    for (const play of playsOf(bot, options)) {
      const row = await played(play)
      rows.push(row)
      if (options.all) continue
      if (row.exchange) describeExchange(row.name, row.exchange).forEach(print)
      else print(row.error === null ? `${row.name}: not sent` : `${row.name}: FAULT ${row.error}`)
    }
    if (options.all) table(rows).forEach(print)
    return good && !rows.some(isFault) ? 0 : 1
  } finally {
    await bot.close()
  }
}
