import { PasswordHasher, STANDARD_COST } from '../../src/accounts/password-hasher.js'
import { SystemRandom } from '../../src/core/ports/random.js'

const PASSWORD = 'correct horse battery'
const CHEAP = { logN: 1, r: 1, p: 1 }
const hasher = new PasswordHasher(CHEAP, new SystemRandom())

describe('a password', () => {
  test('costs what OWASP asks for, and its hash says so', async () => {
    const dear = new PasswordHasher(STANDARD_COST, new SystemRandom())
    const hash = await dear.hash(PASSWORD)
    expect(hash).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/)
    expect(await hasher.verify(PASSWORD, hash)).toBe(true)
    expect(hasher.outdated(hash)).toBe(true)
    expect(dear.outdated(hash)).toBe(false)
  })

  test('counts in its whole length', async () => {
    const hash = await hasher.hash(PASSWORD)
    for (const other of ['', PASSWORD.slice(0, -1), `${PASSWORD}.`, PASSWORD.toUpperCase()])
      expect(await hasher.verify(other, hash)).toBe(false)
  })

  test('has another hash each time', async () => {
    expect(await hasher.hash(PASSWORD)).not.toBe(await hasher.hash(PASSWORD))
  })

  test('typed on another keyboard, composed otherwise, is the same', async () => {
    const hash = await hasher.hash('\u00c5ngstr\u00f6m cr\u00e8me')
    expect(await hasher.verify('A\u030angstro\u0308m cre\u0300me', hash)).toBe(true)
  })

  test.each([
    null,
    '',
    'plain',
    `$scrypt$ln=99,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
    `$scrypt$ln=0,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
    `$scrypt$ln=1,r=1,p=1$${'A'.repeat(22)}$`,
  ])('matches no malformed hash: %j', async (stored) => {
    expect(await hasher.verify('', stored)).toBe(false)
    expect(await hasher.verify('plain', stored)).toBe(false)
  })

  test('a flood of guesses goes two at a time, and beyond twenty that wait is turned away', async () => {
    const crypto = jest.requireActual<typeof import('node:crypto')>('node:crypto')
    const real = crypto.scrypt as (...args: unknown[]) => void
    let [running, most] = [0, 0]
    const spy = jest.spyOn(crypto, 'scrypt').mockImplementation((...args: unknown[]) => {
      most = Math.max(most, ++running)
      const done = args.pop() as (...result: unknown[]) => void
      real(...args, (...result: unknown[]) => {
        running -= 1
        done(...result)
      })
    })
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, () => hasher.verify('x', null)),
    )
    spy.mockRestore()
    expect(most).toBe(2)
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(22)
    const lost = results.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    expect(new Set(lost)).toEqual(new Set(['ERR_RATE_LIMITED']))
    expect(await hasher.verify('x', null)).toBe(false)
  })
})
