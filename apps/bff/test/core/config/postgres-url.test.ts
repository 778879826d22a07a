import { goodFile, load, mistakes } from '../../kit/config-file.js'

const url = (DATABASE_URL: string) => mistakes(goodFile, { DATABASE_URL })

describe('a postgres:// URL', () => {
  it.each([
    ['postgres://u:100%sure@127.0.0.1:1/d', '(%25)'],
    ['postgres://u:1%@127.0.0.1/d', '(%25)'],
    ['postgres://u:1%E9x@127.0.0.1/d', '(%25)'],
    ['postgres://u:a#S3CRET@h/d', '(%23)'],
    ['postgres://u:12#S3CRET@h/d', '(%23)'],
    ['postgres://u:12/S3CRET@h/d', '(%2F)'],
    ['postgres://u:12?S3CRET@h/d', '(%3F)'],
  ])('whose password is not encoded is named before anything is tried: %s', (text, hint) => {
    const [found, ...others] = url(text)
    expect(others).toEqual([])
    expect(found).toMatch(/^DATABASE_URL: .*must be percent-encoded/)
    expect(found).toContain(hint)
    expect(found).not.toContain('S3CRET')
  })

  it.each([
    ['postgres://u:S3CRET word@h/d', 'has a blank'],
    ['postgres://u:a/S3CRET@h/d', 'must be percent-encoded'],
    ['postgres://u:a[S3CRET@h:x/d', 'is not a valid postgres:// URL'],
    ['"postgres://u:S3CRET@h/d"', 'stands in quotes'],
    ['postgres://h/d?sslmode=maybe', 'sslmode must be one of disable, prefer, require'],
    ['postgres://h/d?uselibpqcompat=true&sslmode=verify-ca', 'needs sslrootcert'],
    ['postgres://h/d?lock_timeout=3s', 'lock_timeout must be milliseconds'],
  ])('that cannot be meant is named: %s', (text, said) => {
    expect(url(text)).toEqual([expect.stringMatching(/^DATABASE_URL: /)])
    expect(url(text)[0]).toContain(said)
    expect(url(text)[0]).not.toContain('S3CRET')
  })

  it.each([
    'postgres://u:100%25sure@127.0.0.1:5432/d',
    'postgres://u:a%23b%2Fc%3Fd%40@h/d',
    'postgres://u:a:b@c@h/d',
    'postgres://u@[::1]:5432/d',
    'postgresql:///d?host=/var/run/postgresql&user=a@b',
    'postgres://h/d?sslmode=verify-full&sslrootcert=/etc/ca.pem&statement_timeout=20000&lock_timeout=',
  ])('is taken: %s', (text) => {
    expect(load(goodFile, { DATABASE_URL: text }).database).toMatchObject({ kind: 'postgres' })
  })
})
