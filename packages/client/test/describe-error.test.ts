import { BffError, BffUnreachable, PlatformError } from '@sealcard/kit'
import { ERROR_CODES } from '@sealcard/protocol'
import { describeError } from '../src/describe-error.js'
import { translator } from '../src/words/translate.js'

const t = translator('en')

describe('describeError', () => {
  it.each(ERROR_CODES)('%s has words and its reference', (code) => {
    const { text, requestId } = describeError(new BffError(code, 400, 'req', [], null), t)
    expect(text).not.toBe('')
    expect(requestId).toBe('req')
  })

  it('tells how long to wait', () => {
    const error = new BffError('ERR_RATE_LIMITED', 429, null, [], 30)
    expect(describeError(error, t).text).toBe('Too many requests. Try again in 30 seconds.')
  })

  it('names the fields that were refused', () => {
    const error = new BffError('ERR_INPUT', 400, null, [{ path: 'title', message: 'm' }], null)
    expect(describeError(error, t).text).toContain('title')
    expect(describeError(new BffError('ERR_INPUT', 400, null, [], null), t).text).toContain(
      'ERR_INPUT',
    )
  })

  it('tells no connection from no login', () => {
    expect(describeError(new BffUnreachable('x'), t).text).toBe(t('error.unreachable'))
    const login = new PlatformError('retry', 'login', { errMsg: 'login:fail' })
    expect(describeError(login, t)).toEqual({ text: t('error.login'), requestId: null })
  })

  it.each([
    new Error('bug'),
    { errMsg: 'redirectTo:fail timeout' },
    new PlatformError('retry', 'updateShareMenu', { errMsg: 'updateShareMenu:fail' }),
  ])('speaks of no failed login where none failed', (error) => {
    expect(describeError(error, t)).toEqual({ text: t('error.unknown'), requestId: null })
  })
})
