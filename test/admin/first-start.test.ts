/**
 * How an operator gets the first administrator: the built service as it is run, two processes of it over one database,
 * and the built command. Passwords cost what they cost in production.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { eventually } from '@sealcard/testing'
import { type LeanStack, startLeanStack } from '../support/lean-stack.js'

const SEALCARD = path.resolve(__dirname, '../../apps/bff/bin/sealcard.mjs')
const PASSWORD = 'correct horse battery'
const LINE =
  /no administrator yet: within an hour, POST \/v1\/admin\/setup with the token ([\w-]{43})\nor open http:\/\/[\w.:]+\/console\/setup#\1\n/g

let stack: LeanStack
beforeAll(async () => {
  stack = await startLeanStack()
})
afterAll(() => stack?.stop())

const post = (url: string, body: object) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const sealcard = async (input: string, ...args: string[]) => {
  const child = spawn(process.execPath, [SEALCARD, ...args], { env: stack.bff.env })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  child.stdin.end(input)
  const [code] = await once(child, 'close')
  return { code: Number(code), out, err }
}

test('one of two processes prints the token; it makes one account, and no start prints another', async () => {
  const beside = await stack.another()
  await beside.start()
  const printed = () => [...`${stack.bff.output}${beside.output}`.matchAll(LINE)]
  await eventually(async () => printed().length > 0)
  const token = printed()[0]?.[1] ?? ''
  const made = await post(`${beside.url}/v1/admin/setup`, {
    token,
    name: 'root',
    password: PASSWORD,
  })
  expect(made.status).toBe(201)
  await beside.restart('SIGKILL')
  // It has answered a request, so it has long been past what it prints.
  const login = { name: 'root', password: PASSWORD }
  const answer = await post(`${beside.url}/v1/admin/session`, login)
  expect(answer.status).toBe(201)
  expect(await answer.json()).toMatchObject({ role: 'admin', enrolled: false })
  expect(answer.headers.getSetCookie()[0]).toMatch(
    /^__Host-sealcard=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  )
  expect(printed()).toHaveLength(1)
  expect((await post(`${stack.bff.url}/v1/admin/setup`, { ...login, token })).status).toBe(401)
  await beside.stop('SIGKILL')
})

test('sealcard admin and tokens work beside the running service; what is secret is not printed', async () => {
  const made = await sealcard(
    `${PASSWORD}\n`,
    ...['admin', 'create', '--name', 'ann', '--role', 'auditor', '--password-stdin', '--json'],
  )
  expect(made.code).toBe(0)
  expect(JSON.parse(made.out)).toMatchObject({ name: 'ann', role: 'auditor' })
  const again = await sealcard(PASSWORD, 'admin', 'create', '--name', 'ann', '--password-stdin')
  expect(again).toMatchObject({ code: 1, out: '' })
  expect((await sealcard('', 'admin', 'create', '--name', 'ben')).err).toMatch(
    /^no terminal to ask/,
  )
  const token = (
    await sealcard('', 'tokens', 'create', '--name', 'x', '--role', 'auditor', '--days', '1')
  ).out.trim()
  const me = await fetch(`${stack.bff.url}/v1/admin/session`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(await me.json()).toMatchObject({ kind: 'token', role: 'auditor' })
  const { secret } = JSON.parse(made.out)
  for (const hidden of [PASSWORD, token, secret]) {
    expect(stack.bff.output).not.toContain(hidden)
    expect(made.err).not.toContain(hidden)
  }
  expect((await sealcard('', 'audit', 'verify')).code).toBe(0)
})
