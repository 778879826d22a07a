import type { Bot } from '../../../src/bots/registry/bots.service.js'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { readCommand, readPress } from '../../../src/bots/commands/parse.js'
import { COMMANDS, help } from '../../../src/bots/commands/table.js'
import { COMMAND_NAMES, type CommandName, writeKey } from '../../../src/bots/i18n/button-key.js'
import { WORDS } from '../../../src/bots/i18n/words.js'
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { WECOM } from '../../kit/config.js'
import { TestApp } from '../../kit/test-app.js'

const LANGUAGES = ['zh', 'en'] as const
const rows = COMMAND_NAMES.map((name) => ({ name, ...COMMANDS[name] }))
const written = rows.flatMap(({ name, words }) =>
  LANGUAGES.flatMap((language) => (words ? [{ name, language, words: words[language] }] : [])),
)
const keyOf = (name: CommandName, cardId: string) => {
  const command = COMMANDS[name]
  if (command.who === 'anyone') return writeKey('zh', { name })
  return writeKey('zh', { name, cardId, ...(command.daysUsage && { days: 3 }) })
}

describe('every command of the table', () => {
  it.each(written)('$name is read from its example in $language', ({ name, words }) => {
    expect(readCommand(words.example)).toMatchObject({ name })
  })

  it.each(LANGUAGES)('has its line in the help, in the order of the table (%s)', (language) => {
    const lines = written.filter((row) => row.language === language).map(({ words }) => words.help)
    const bot = { app: {} } as Bot
    expect(help({ bot, language, inGroup: false }).lines).toEqual([
      ...lines.filter((line) => line !== undefined),
      WORDS[language].help.card,
    ])
    expect(lines.filter((line) => line === undefined)).toHaveLength(1)
  })

  it.each(LANGUAGES)('has words in %s alone in its row for that language', (language) => {
    for (const { words } of written.filter((row) => row.language === language)) {
      const text = `${words.example} ${words.help ?? ''}`
      if (language === 'zh') expect(text).toMatch(/\p{Script=Han}/u)
      else expect(text).not.toMatch(/\p{Script=Han}/u)
    }
  })

  it.each(rows)('$name has a key for its button, and takes no other arguments', ({ name }) => {
    const key = keyOf(name, 'A-_9')
    expect(readPress(key)?.press.name).toBe(name)
    expect(readPress(`${key}:1`)).toBeUndefined()
    if (key.includes('A-_9')) expect(readPress(`zh:${name}`)).toBeUndefined()
  })

  it('stands in the table of docs/bots.md, by its examples', () => {
    const document = readFileSync(path.resolve(__dirname, '../../../../../docs/bots.md'), 'utf8')
    const tables = document.split('\n').filter((line) => line.startsWith('| '))
    for (const { words } of rows) {
      if (!words) continue
      const lines = tables.filter(
        (line) => line.includes(words.zh.example) && line.includes(words.en.example),
      )
      expect(lines).toHaveLength(1)
    }
  })
})

describe('rights and places of the table', () => {
  let app: TestApp
  let bot: BotSender
  let cardId: string
  beforeAll(async () => {
    app = await TestApp.start({ bots: [deskBot()] })
    bot = new BotSender(app)
    const token = await app.login('alice', WECOM)
    const titles = { zh: '周报', en: 'report' }
    for (const title of Object.values(titles)) {
      const { body } = await app.call('POST', '/v1/cards', { token, body: { title, body: 'B' } })
      cardId = body.id
    }
  })
  afterAll(() => app.stop())

  const mallory = { from: { userid: 'mallory' } }
  const group = { chattype: 'group', chatid: 'g1' }
  const pressed = (name: CommandName, more: object) =>
    bot.press({ card_type: 'button_interaction', task_id: 't' }, keyOf(name, cardId), more)

  it.each(written.filter(({ name }) => COMMANDS[name].who === 'owner'))(
    '$name finds no card of another person ($language)',
    async ({ language, words }) => {
      const reply = JSON.stringify(await bot.say(words.example, mallory))
      expect(reply).toContain(WORDS[language].which.none)
      expect(reply).not.toContain(cardId)
    },
  )

  it.each(rows.filter(({ who }) => who === 'owner'))(
    'the button of $name finds no card of another person',
    async ({ name }) => {
      expect((await pressed(name, mallory)).template_card.main_title.title).toBe(
        WORDS.zh.which.none,
      )
    },
  )

  it.each(written)('$name answers in a group only if it may ($language)', async (row) => {
    const { template_card: card } = await bot.say(`@bot ${row.words.example}`, group)
    const words = WORDS[row.language]
    const title = COMMANDS[row.name].where === 'anywhere' ? words.help.title : words.inPrivate.title
    expect(card.main_title.title).toBe(title)
  })

  it.each(rows)(
    'the button of $name answers in a group only if it may',
    async ({ name, where }) => {
      const { template_card: card } = await pressed(name, group)
      const { help, inPrivate } = WORDS.zh
      expect(card.main_title.title).toBe(where === 'anywhere' ? help.title : inPrivate.title)
      expect(JSON.stringify(card)).toContain(inPrivate.lines[0])
    },
  )
})
