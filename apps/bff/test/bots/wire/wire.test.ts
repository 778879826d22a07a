import { MAX_CONTENT, streamReply } from '../../../src/bots/wire/reply.js'
import {
  buttonInteraction,
  TemplateCardError,
  textNotice,
} from '../../../src/bots/wire/template-card.js'
import { clipUtf8 } from '../../../src/core/text.js'

const many = <T>(n: number, item: (i: number) => T): T[] =>
  Array.from({ length: n }, (_, i) => item(i))
const open = { type: 2, appid: 'wx1', pagepath: 'pages/index/index' } as const
const button = (i: number) => ({ text: `B${i}`, key: `k${i}` })

const notice = { main_title: { title: 'T' }, card_action: open }
const buttons = { main_title: { title: 'T' }, button_list: many(6, button), task_id: 'a-Z_9@' }

type Builder = (fields: never) => unknown
const cases: [string, Builder, object, [string, object][]][] = [
  [
    'text_notice',
    textNotice,
    notice,
    [
      ['no title at all', { main_title: {} }],
      ['no card_action', { card_action: undefined }],
      ['a card_action that leads nowhere', { card_action: { type: 0 } }],
      ['a url without one', { card_action: { type: 1 } }],
      ['7 rows', { horizontal_content_list: many(7, () => ({ type: 0, keyname: 'k' })) }],
      ['a member without userid', { horizontal_content_list: [{ type: 3, keyname: 'k' }] }],
      ['4 jumps', { jump_list: many(4, () => ({ ...open, title: 'x' })) }],
      [
        'a question of 201 bytes',
        { jump_list: [{ type: 3, title: 'x', question: 'x'.repeat(201) }] },
      ],
      ['a menu without task_id', { action_menu: { desc: 'd', action_list: [button(1)] } }],
      ['a menu of 4', { task_id: 't', action_menu: { desc: 'd', action_list: many(4, button) } }],
      ['a colour of 4', { source: { desc_color: 4 } }],
      ['a feedback id of 257 bytes', { feedback: { id: '周'.repeat(86) } }],
      ['an unknown field', { colour: 'red' }],
    ],
  ],
  [
    'button_interaction',
    buttonInteraction,
    buttons,
    [
      ['7 buttons', { button_list: many(7, button) }],
      ['no button', { button_list: [] }],
      ['equal keys', { button_list: [button(1), button(1)] }],
      ['a key of 1025 bytes', { button_list: [{ text: 'x', key: 'x'.repeat(1025) }] }],
      ['a style of 5', { button_list: [{ ...button(1), style: 5 }] }],
      ['no task_id', { task_id: undefined }],
      ['a task_id with a dot', { task_id: 'a.b' }],
      ['a task_id of 129', { task_id: 'x'.repeat(129) }],
    ],
  ],
]

describe.each(cases)('the template card %s', (kind, build, good, bad) => {
  it('is built at its limits', () => {
    expect(build(good as never)).toMatchObject({ card_type: kind })
  })

  it.each(bad)('is refused with %s', (_, change) => {
    expect(() => build({ ...good, ...change } as never)).toThrow(TemplateCardError)
  })
})

describe('text that must fit into bytes of UTF-8', () => {
  it.each(['a', 'é', '周', '👋', '\ud800'])(
    '%j: every limit is kept, no character is cut',
    (sign) => {
      const text = `x${sign.repeat(50)}y`
      for (let max = 3; max <= 220; max++) {
        const clipped = clipUtf8(text, max)
        expect(Buffer.byteLength(clipped)).toBeLessThanOrEqual(max)
        expect(clipped.isWellFormed()).toBe(true)
        expect(clipped).not.toContain(sign === '\ud800' ? '\ud800' : '\ufffd')
        if (clipped !== text.toWellFormed()) {
          expect(clipped.endsWith('…')).toBe(true)
          // The cut keeps as much as fits.
          expect(Buffer.byteLength(clipped)).toBeGreaterThan(max - 4)
        }
      }
    },
  )

  it('is cut to 20,480 bytes in a stream', () => {
    const reply = streamReply('s', '封笺'.repeat(5000), true)
    const { content } = (reply as { stream: { content: string } }).stream
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(MAX_CONTENT)
    expect(Buffer.byteLength(content)).toBeGreaterThan(MAX_CONTENT - 3)
  })
})
