import helmet from '@fastify/helmet'
import Fastify from 'fastify'
import { SECURITY_HEADERS } from '../../../src/http/server/edge.js'
import { IN_MEMORY } from '../../kit/config.js'
import { TestApp } from '../../kit/test-app.js'

/** For an API: it shows no page of its own, and no page may frame it. */
const OPTIONS = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  frameguard: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
} as const

const lowerCase = (headers: object) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

test('the headers of every answer are those that helmet sets', async () => {
  const server = Fastify()
  await server.register(helmet, OPTIONS)
  server.get('/', async () => '')
  const plain = Fastify()
  plain.get('/', async () => '')
  const [{ headers }, { headers: without }] = [await server.inject('/'), await plain.inject('/')]
  const added = Object.entries(headers).filter(([name]) => without[name] === undefined)
  expect(Object.fromEntries(added)).toEqual(lowerCase(SECURITY_HEADERS))
  await server.close()
  await plain.close()
})

test('every kind of answer carries them', async () => {
  const app = await TestApp.start(IN_MEMORY)
  const token = await app.login('ann')
  const answers = [
    await app.call('GET', '/healthz'),
    await app.call('GET', '/v1/cards?box=sent', { token }),
    await app.call('GET', '/v1/cards?box=sent'),
    await app.call('GET', '/nowhere'),
    await app.call('POST', '/v1/cards', { token, body: '{' }),
    await app.call('DELETE', '/v1/sessions/current', { token }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 401, 404, 400, 204])
  for (const { headers } of answers) expect(headers).toMatchObject(lowerCase(SECURITY_HEADERS))
  await app.stop()
})
