import type { Answer } from './test-app.js'

/** A page for people: in both languages, without a script. */
export const expectExplained = (answer: Answer, status = 403) => {
  expect(answer.status).toBe(status)
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(answer.headers['cache-control']).toBe('no-store')
  expect(answer.text).toContain('lang="zh-CN"')
  expect(answer.text).toContain('lang="en"')
  expect(answer.text).not.toContain('<script')
}
