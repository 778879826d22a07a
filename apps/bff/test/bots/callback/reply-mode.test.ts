import { chooseReplyMode, mayAnswerLater } from '../../../src/bots/callback/reply-mode.js'
import { replyWith } from '../../../src/bots/commands/prepared-command.js'
import type { Inbound } from '../../../src/bots/wire/inbound.js'

const from = { msgid: 'm', userid: 'alice' }
const said: Inbound = { ...from, kind: 'said', text: '帮助' }
const media: Inbound = { ...from, kind: 'media' }
const pressed: Inbound = { ...from, kind: 'pressed', key: 'zh:help', taskId: 't' }
const entered: Inbound = { ...from, kind: 'entered' }
const feedback: Inbound = { ...from, kind: 'feedback', type: 1 }
const unknown: Inbound = { ...from, kind: 'unknown', type: 'x' }
const poll: Inbound = { ...from, kind: 'poll', streamId: 's' }

const command = replyWith(null)
const [busy, free] = [true, false]

describe('a callback is answered', () => {
  it.each([said, media, pressed, entered, feedback, unknown])(
    'now, when its command is prepared in a free chat ($kind)',
    (inbound) => {
      expect(chooseReplyMode(inbound, command, free)).toEqual({ mode: 'now', command })
    },
  )

  it.each([
    [said, 'stream'],
    [media, 'stream'],
    [pressed, 'later'],
  ])('later, when its command is slow or its chat is busy (%j: %s)', (inbound, mode) => {
    expect(chooseReplyMode(inbound, undefined, free)).toEqual({ mode })
    expect(chooseReplyMode(inbound, command, busy)).toEqual({ mode })
    expect(mayAnswerLater(inbound)).toBe(true)
  })

  it.each([
    [entered, 'greeting'],
    [feedback, 'empty'],
    [unknown, 'empty'],
  ])('now or never, when no one waits for an answer (%j: %s)', (inbound, mode) => {
    expect(chooseReplyMode(inbound, undefined, busy)).toEqual({ mode })
    expect(chooseReplyMode(inbound, command, busy)).toEqual({ mode: 'now', command })
    expect(mayAnswerLater(inbound)).toBe(false)
  })

  it('with the state of its stream, when the platform polls, however busy the chat is', () => {
    expect(chooseReplyMode(poll, undefined, busy)).toEqual({ mode: 'poll', streamId: 's' })
    expect(mayAnswerLater(poll)).toBe(false)
  })
})
