import { ERRORS, type ErrorCode, Problem } from '@sealcard/protocol'
import type { Answer } from './test-app.js'

/** The answer is the problem document of this code, whole. */
export const expectProblem = (answer: Answer, code: ErrorCode) => {
  expect(answer.body).toMatchObject({
    code,
    status: ERRORS[code].status,
    title: ERRORS[code].title,
  })
  expect(answer.status).toBe(ERRORS[code].status)
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(Problem.strict().safeParse(answer.body).error).toBeUndefined()
  expect(answer.body.type).toBe(`urn:sealcard:error:${code}`)
  expect(answer.headers['x-request-id']).toBe(answer.body.requestId)
}
