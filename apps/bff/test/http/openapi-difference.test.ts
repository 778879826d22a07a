import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { startAdmin } from '../kit/admin/support.js'
import { IN_MEMORY } from '../kit/config.js'
import { type ApiDocument, breaksOf } from '../kit/openapi-breaks.js'

type Loose = ReturnType<typeof JSON.parse>

/** The contract as it was reviewed. `SEALCARD_WRITE_DOCS=1` writes additions, `SEALCARD_WRITE_DOCS=breaks` also what breaks. */
const FILE = path.resolve(__dirname, '../../../../docs/generated/openapi.json')
const write = process.env['SEALCARD_WRITE_DOCS']

test('the document of the API is the reviewed one, and breaks nothing that callers rely on', async () => {
  const app = await startAdmin(IN_MEMORY)
  const { text } = await app.call('GET', '/openapi.json').finally(() => app.stop())
  const present = JSON.parse(text) as ApiDocument
  const reviewed = JSON.parse(readFileSync(FILE, 'utf8')) as ApiDocument
  if (write !== 'breaks') expect(breaksOf(reviewed, present)).toEqual([])
  const whole = `${JSON.stringify(present, null, 2)}\n`
  if (write) writeFileSync(FILE, whole)
  // Compared as text: a changed word, too, is read before it is kept.
  expect(readFileSync(FILE, 'utf8')).toBe(whole)
})

describe('a break of the contract is', () => {
  const schema = {
    type: 'object',
    required: ['id', 'kind'],
    properties: {
      id: { type: 'string' },
      kind: { type: 'string', enum: ['a', 'b'] },
      note: { type: 'string' },
    },
  }
  const documentOf = (change: (document: Loose) => void): ApiDocument => {
    const good = {
      paths: {
        '/things': {
          post: {
            parameters: [],
            requestBody: { content: { json: { schema: { $ref: '#/components/schemas/Thing' } } } },
            responses: { 200: { content: { json: { schema: structuredClone(schema) } } }, 404: {} },
          },
        },
      },
      components: { schemas: { Thing: structuredClone(schema) } },
    }
    change(good)
    return good
  }
  const good = documentOf(() => {})
  const thing = (document: Loose) => document.components.schemas.Thing
  const post = (document: Loose) => document.paths['/things'].post
  const answer = (document: Loose) => post(document).responses[200].content.json.schema

  test.each<[string, (document: Loose) => void]>([
    ['POST /things: is gone', (d) => delete d.paths['/things']],
    ['POST /things asks json.note: must be there now', (d) => thing(d).required.push('note')],
    ['POST /things asks json.note: is gone', (d) => delete thing(d).properties.note],
    ['POST /things asks json.kind: b is refused', (d) => thing(d).properties.kind.enum.pop()],
    [
      'POST /things asks json.id: was string, is number',
      (d) => (thing(d).properties.id.type = 'number'),
    ],
    [
      'POST /things: asks for app now',
      (d) => post(d).parameters.push({ name: 'app', in: 'query', required: true }),
    ],
    ['POST /things: does not answer 404 any more', (d) => delete post(d).responses[404]],
    ['POST /things answers 200 json.id: is gone', (d) => delete answer(d).properties.id],
    ['POST /things answers 200 json.kind: may be missing now', (d) => answer(d).required.pop()],
  ])('%s', (said, change) => {
    expect(breaksOf(good, documentOf(change))).toContain(said)
  })

  test.each<[string, (document: Loose) => void]>([
    ['a new operation', (d) => (d.paths['/more'] = { get: {} })],
    ['an optional field that may be sent', (d) => (thing(d).properties.more = { type: 'string' })],
    ['a field more in an answer', (d) => (answer(d).properties.more = { type: 'string' })],
    ['a value more that is taken', (d) => thing(d).properties.kind.enum.push('c')],
    ['a field that need not be sent any more', (d) => thing(d).required.pop()],
  ])('not %s', (_, change) => {
    expect(breaksOf(good, documentOf(change))).toEqual([])
  })
})
