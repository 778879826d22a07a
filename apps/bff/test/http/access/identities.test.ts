import type { FastifyRequest } from 'fastify'
import { Identities } from '../../../src/http/access/identities.js'

const request = {} as FastifyRequest

test('a kind of caller that no layer registered is always refused', async () => {
  await expect(new Identities().ask('member', request)).rejects.toThrow(TypeError)
})

test('a caller whom the layer that knows them refuses is refused', async () => {
  const identities = new Identities()
  identities.register('member', () => Promise.reject(new Error('nobody')))
  await expect(identities.ask('member', request)).rejects.toThrow('nobody')
})
