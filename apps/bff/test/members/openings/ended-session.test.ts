import { request } from 'node:http'
import { OpeningEntity } from '../../../src/members/openings/opening.entity.js'
import { SessionRepository } from '../../../src/members/sessions/session.repository.js'
import { key, wechatProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
beforeEach(async () => {
  app = await TestApp.start()
  await app.nest.listen(0, '127.0.0.1')
})
afterEach(() => app.stop())

test('B4 a session that ends while its opening is sent opens nothing, and is looked up once before', async () => {
  const { shareId, declared } = await app.shared(await app.login('owner'))
  const [stays, ends] = [await app.login('ann'), await app.login('bob')]
  const sessions = app.nest.get(SessionRepository, { strict: false })
  const find = sessions.findByToken.bind(sessions)
  const base = await app.nest.getUrl()
  const lookUp = jest.spyOn(sessions, 'findByToken')

  /** Sends the body when `before` is done, which begins once the session was looked up. */
  const open = (name: string, token: string, before: () => Promise<unknown>) => {
    const payload = JSON.stringify(wechatProof(key(name), declared, name))
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(payload),
    }
    return new Promise<unknown[]>((resolve, reject) => {
      const url = `${base}/v1/shares/${shareId}/openings`
      const call = request(url, { method: 'POST', headers }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        response.on('end', () => {
          const { code = 'granted' } = JSON.parse(text) as { code?: string }
          resolve([response.statusCode, code])
        })
      })
      lookUp.mockImplementationOnce(async (hash) => {
        const session = await find(hash)
        void before().then(() => call.end(payload), reject)
        return session
      })
      call.on('error', reject).flushHeaders()
    })
  }
  expect(await open('ann', stays, () => Promise.resolve())).toEqual([201, 'granted'])
  expect(lookUp).toHaveBeenCalledTimes(1)
  const logOut = () => app.call('DELETE', '/v1/sessions/current', { token: ends })
  expect(await open('bob', ends, logOut)).toEqual([401, 'ERR_SESSION'])
  expect(await app.storage.manager.countBy(OpeningEntity, {})).toBe(1)
})
