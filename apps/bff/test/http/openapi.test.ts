import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { OPERATION_WORDS } from '../../src/http/openapi/operation-words.js'
import { startAdmin } from '../kit/admin/support.js'
import { IN_MEMORY } from '../kit/config.js'
import type { TestApp } from '../kit/test-app.js'

const LINTER = path.join(__dirname, '../kit/lint-openapi.mjs')

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: { readonly $ref?: string } }>>
}
interface Operation {
  readonly operationId: string
  readonly summary?: string
  readonly description?: string
  readonly security: readonly Record<string, unknown>[]
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: Content
  readonly responses: Readonly<Record<string, Content>>
}

let app: TestApp
let text: string
let operations: (readonly [string, Operation])[]
beforeAll(async () => {
  app = await startAdmin(IN_MEMORY)
  text = (await app.call('GET', '/openapi.json')).text
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> }
  operations = Object.entries(paths).flatMap(([place, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => [`${method.toUpperCase()} ${place}`, operation] as const,
    ),
  )
})
afterAll(() => app.stop())

const namesOf = (wrong: (operation: Operation, name: string) => boolean) =>
  operations.filter(([name, operation]) => wrong(operation, name)).map(([name]) => name)
const headers = ({ parameters = [] }: Operation) =>
  parameters.filter((one) => one.in === 'header').map(({ name }) => name)

describe('the document of the API', () => {
  test('has words for every operation, and for no other', () => {
    expect(operations.length).toBeGreaterThan(80)
    expect(namesOf(({ summary, description }) => !summary || !description)).toEqual([])
    const known = new Set(operations.map(([name]) => name))
    expect(Object.keys(OPERATION_WORDS).filter((name) => !known.has(name))).toEqual([])
    expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(
      operations.length,
    )
  })

  test('names the schemas of all bodies, what is asked and what is answered', () => {
    const inline = ({ content = {} }: Content) =>
      Object.entries(content).some(
        ([type, { schema }]) => /json/.test(type) && schema && !schema.$ref,
      )
    expect(namesOf(({ requestBody }) => requestBody !== undefined && inline(requestBody))).toEqual(
      [],
    )
    expect(namesOf(({ responses }) => Object.values(responses).some(inline))).toEqual([])
  })

  test('says how a login of the console and a web page call, too', () => {
    const secured = (operation: Operation) => operation.security.length > 0
    const admin = namesOf((operation, name) => secured(operation) && / \/v1\/admin\//.test(name))
    const servers = namesOf((operation, name) => secured(operation) && / \/v1\/server\//.test(name))
    const members = namesOf(
      (operation, name) => secured(operation) && !/ \/v1\/(admin|server)\//.test(name),
    )
    const wayOf = (name: string) => operations.find(([one]) => one === name)?.[1]
    expect(admin.length).toBeGreaterThan(40)
    expect(members.length).toBeGreaterThan(20)
    expect(servers.length).toBeGreaterThan(8)
    for (const name of servers) expect(wayOf(name)?.security).toEqual([{ bearer: [] }])
    for (const name of admin) {
      expect(wayOf(name)?.security).toEqual([{ bearer: [] }, { cookie: [] }])
      const asked = headers(wayOf(name)!).includes('X-CSRF-Token')
      expect({ name, asked }).toEqual({ name, asked: !name.startsWith('GET ') })
    }
    for (const name of members) {
      expect(wayOf(name)?.security).toEqual([{ bearer: [] }, { page: [] }])
      expect(headers(wayOf(name)!)).toEqual(expect.arrayContaining(['X-Sealcard', 'Origin']))
    }
  })

  test('is free of errors by the recommended rules of Redocly', async () => {
    // The linter is an ES module, which Jest's runtime does not load: it runs in a process of its own.
    const ran = promisify(execFile)(process.execPath, [LINTER], { maxBuffer: 10_000_000 })
    ran.child.stdin?.end(text)
    expect(JSON.parse((await ran).stdout)).toEqual([])
  })
})
