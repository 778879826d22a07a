import { packageError } from '../src/index.js'

const caused = (message: string, code?: string) => Object.assign(new Error(message), { code })

describe('a native package that cannot be used', () => {
  it.each([
    [
      'of another system',
      caused('/srv/node_sqlite3.node: invalid ELF header', 'ERR_DLOPEN_FAILED'),
      'the package sqlite3 cannot be loaded here (invalid ELF header)',
    ],
    [
      'built for a newer system',
      caused(
        "/lib/x86_64-linux-gnu/libm.so.6: version `GLIBC_2.38' not found (required by /srv/node_sqlite3.node)",
        'ERR_DLOPEN_FAILED',
      ),
      "the package sqlite3 cannot be loaded here (version 'GLIBC_2.38' not found)",
    ],
    [
      'whose native part was not built',
      caused('Could not locate the bindings file. Tried:\n → /srv/build/node_sqlite3.node'),
      'the package sqlite3 cannot be loaded here (its native part is missing)',
    ],
  ])('is explained in words: %s', (_what, cause, what) => {
    expect(packageError('sqlite3', cause)).toMatchObject({
      what,
      todo: 'Install it again on this system.',
      code: 'ERR_SQLITE_PACKAGE',
    })
  })

  it.each([
    caused("Cannot find package 'sqlite3' imported from /srv/dist/main.js", 'ERR_MODULE_NOT_FOUND'),
    caused("Cannot find module 'sqlite3'\nRequire stack:\n- /srv/x.js", 'MODULE_NOT_FOUND'),
  ])('is reported as not installed: %s', (cause) => {
    expect(packageError('sqlite3', cause).what).toBe('the package sqlite3 is not installed')
  })
})
