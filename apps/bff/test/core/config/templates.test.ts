import { type Json, load, mistakes, withApp, withWecom } from '../../kit/config-file.js'
import { TEMPLATES } from '../../kit/templates.js'

const { opened, requested, expiring } = TEMPLATES
const withOpened = (change: Json): Json =>
  withApp({ templates: { opened: { ...opened, ...change } } })
const withFields = (event: string, fields: Json): Json =>
  withApp({ templates: { [event]: { id: opened.id, fields } } })

describe('the templates of subscription messages', () => {
  it('are taken for each event, or for none', () => {
    expect(load(withApp({ templates: TEMPLATES })).apps[0]).toMatchObject({ templates: TEMPLATES })
    expect(mistakes(withApp({ templates: { requested } }))).toEqual([])
    expect(mistakes(withApp({ templates: { expiring } }))).toEqual([])
    expect(mistakes(withApp({ templates: {} }))).toEqual([])
  })

  it.each<[string, string, Json]>([
    ['of a WeCom app', 'apps[1].templates: unknown key', withWecom({ templates: TEMPLATES })],
    [
      'of an event that there is not',
      'apps[0].templates.revoked: unknown key',
      withApp({ templates: { revoked: opened } }),
    ],
    ['without an id', 'apps[0].templates.opened.id: must be the id', withOpened({ id: undefined })],
    ['with a title as id', 'apps[0].templates.opened.id: must be', withOpened({ id: '打开提醒' })],
    [
      'without fields',
      'apps[0].templates.opened.fields: must have a keyword',
      withOpened({ fields: {} }),
    ],
    [
      'with a value that there is not',
      'apps[0].templates.opened.fields.thing1: must be one of "title", "who"',
      withFields('opened', { thing1: 'body' }),
    ],
    [
      'with a keyword of another kind than its value',
      'apps[0].templates.opened.fields.time1: a time cannot hold "title": it must be "time"',
      withFields('opened', { time1: 'title' }),
    ],
    [
      'with a name that is to hold a title',
      'apps[0].templates.opened.fields.name1: a name cannot hold "title": it must be "who"',
      withFields('opened', { name1: 'title' }),
    ],
    [
      'with a keyword without its number',
      'apps[0].templates.opened.fields.thing: is no keyword that this service fills',
      withFields('opened', { thing: 'title' }),
    ],
    [
      'with a keyword of a kind that nothing fills',
      'apps[0].templates.opened.fields.car_number1: is no keyword that this service fills',
      withFields('opened', { car_number1: 'title' }),
    ],
    [
      'with a keyword that is named like an own property of objects',
      'apps[0].templates.opened.fields.constructor1: is no keyword',
      withFields('opened', { constructor1: 'title' }),
    ],
    [
      'with a note where nobody writes one',
      'apps[0].templates.opened.fields.thing1: "note" is not known of the event opened',
      withFields('opened', { thing1: 'note' }),
    ],
    [
      'with a reader of a card that expires',
      'apps[0].templates.expiring.fields.thing1: "who" is not known of the event expiring',
      withFields('expiring', { thing1: 'who' }),
    ],
    [
      'with a text that is too long for its kind',
      'apps[0].templates.opened.fields.thing1: "text" does not fit a thing',
      withFields('opened', { thing1: { text: '二十一个字的说明文字太长平台会拒绝这一条的' } }),
    ],
    [
      'with a phrase of more than five characters',
      'apps[0].templates.opened.fields.phrase1: "text" does not fit a phrase',
      withFields('opened', { phrase1: { text: '已经打开过了' } }),
    ],
  ])('%s is a mistake that names the keyword', (_, message, file) => {
    expect(mistakes(file).join('\n')).toContain(message)
  })
})
