import { MINUTE } from '../../../src/core/time.js'
import { ROOMY, WECOM } from '../../kit/config.js'
import { expectExplained } from '../../kit/expect-explained.js'
import { TestApp } from '../../kit/test-app.js'
import { codeOf, WebBrowser, webConfig } from '../../kit/web-browser.js'

describe('logins of one address', () => {
  const limitedTo = (loginsPerAddressPerMinute: number) =>
    TestApp.start({ ...webConfig(), limits: { ...ROOMY, loginsPerAddressPerMinute } })
  const begin = (one: WebBrowser) => one.visit(`/h5/login?app=${WECOM}&to=%2Fh5%2F`)

  test('count once each, and one too many is explained by a page', async () => {
    const limited = await limitedTo(2)
    try {
      const one = new WebBrowser(limited)
      await one.login('alice')
      await one.login('alice')
      const answer = await begin(one)
      expectExplained(answer, 429)
      expect(answer.text).toContain('Too many logins')
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
      expect(answer.headers['retry-after']).toMatch(/^\d+$/)
      expect(answer.headers['set-cookie']).toBeUndefined()
      limited.clock.advance(MINUTE)
      expect((await begin(one)).status).toBe(302)
    } finally {
      await limited.stop()
    }
  })

  test('do not count when the platform gave no answer', async () => {
    const limited = await limitedTo(1)
    try {
      const one = new WebBrowser(limited)
      const state = await one.leave()
      limited.wecom.web.down = true
      expectExplained(await one.back(state, codeOf('alice')), 503)
      limited.wecom.web.down = false
      await one.login('alice')
      expectExplained(await begin(one), 429)
    } finally {
      await limited.stop()
    }
  })

  test('count when they begin once more, so that no forged state asks without end', async () => {
    const limited = await limitedTo(2)
    try {
      const one = new WebBrowser(limited)
      const ends = []
      for (let i = 0; i < 3; i += 1) ends.push(await one.back('0'.repeat(64), codeOf('alice')))
      expect(ends.map(({ status }) => status)).toEqual([302, 302, 429])
    } finally {
      await limited.stop()
    }
  })
})

test('a person who logs in too often is told so by a page', async () => {
  const limited = await TestApp.start({
    ...webConfig(),
    limits: { ...ROOMY, loginsPerPersonPerMinute: 1 },
  })
  try {
    const one = new WebBrowser(limited)
    await one.login('alice')
    const answer = await one.back(await one.leave(), codeOf('alice'))
    expectExplained(answer, 429)
    expect(answer.headers['retry-after']).toMatch(/^\d+$/)
  } finally {
    await limited.stop()
  }
})
