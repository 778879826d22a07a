import { HOUR } from '../../src/core/time.js'
import { asAdmin, startAdmin } from '../kit/admin/support.js'
import { WECHAT, WECOM } from '../kit/config.js'
import type { TestApp } from '../kit/test-app.js'
import { ORIGIN, WebBrowser, webConfig } from '../kit/web-browser.js'

let app: TestApp
beforeAll(async () => {
  app = await startAdmin(webConfig())
})
afterAll(() => app.stop())

const ticketsOf = async (id: string) => {
  const { body } = await asAdmin(app, 'GET', 'health')
  return body.apps.find((one: { app: string }) => one.app === id).tickets
}

test('health: the age of the tickets of an app with a web page, and never a ticket', async () => {
  expect(await ticketsOf(WECOM)).toEqual({ agent: null, corp: null })
  const fetched = app.clock.now()
  const signed = await new WebBrowser(app).call('POST', '/v1/h5/signatures', {
    app: WECOM,
    url: `${ORIGIN}/h5/`,
  })
  expect(signed.status).toBe(200)
  app.clock.advance(90_000)
  const age = {
    ageSeconds: 90,
    fetchedAt: new Date(fetched).toISOString(),
    expiresAt: new Date(fetched + 2 * HOUR).toISOString(),
  }
  expect(await ticketsOf(WECOM)).toEqual({ agent: age, corp: age })
  const { text } = await asAdmin(app, 'GET', 'health')
  for (const kind of ['agent', 'corp'] as const)
    expect(text).not.toContain(app.wecom.web.ticket(kind, { id: WECOM }))
  app.clock.advance(2 * HOUR)
  expect(await ticketsOf(WECOM)).toEqual({ agent: null, corp: null })
})

test('health: an app without a web page has no tickets', async () => {
  expect(await ticketsOf(WECHAT)).toBeUndefined()
})
