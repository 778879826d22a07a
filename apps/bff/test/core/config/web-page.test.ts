import { ticketKeyDerivations } from '@sealcard/crypto'
import { loadConfig } from '../../../src/core/config/load-config.js'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'
import {
  goodEnv,
  goodFile,
  type Json,
  load,
  mistakes,
  wecom,
  withApp,
  withWecom,
} from '../../kit/config-file.js'

const good = { origin: 'https://cards.example.com', keyDerivation: 'url16' }
const file = { name: 'WW_verify_AbCd1234.txt', content: 'AbCd1234' }
const withH5 = (change: Json): Json => withWecom({ h5: { ...good, ...change } })
const two = (second: Json): Json => ({
  ...goodFile,
  apps: [
    { ...wecom, h5: { ...good, verifyFile: file } },
    { ...wecom, id: 'other', h5: { ...good, ...second } },
  ],
})
const production = { NODE_ENV: 'production' }

describe('the configuration of a web page', () => {
  it.each(['unverified', ...ticketKeyDerivations])('takes the derivation %s', (keyDerivation) => {
    expect(mistakes(withH5({ keyDerivation }), production)).toEqual([])
  })

  it('has no derivation until somebody found it out', () => {
    const { apps } = load(withWecom({ h5: { origin: good.origin } }))
    expect(apps[1]).toMatchObject({ h5: { keyDerivation: 'unverified' } })
  })

  it.each<[string, string, unknown]>([
    ['a block of a WeChat app', 'apps[0].h5: unknown key', withApp({ h5: good })],
    ['a block that is none', 'apps[1].h5: ', withWecom({ h5: true })],
    ['no origin', 'apps[1].h5.origin: must be', withH5({ origin: undefined })],
    [
      'a host without scheme',
      'apps[1].h5.origin: must be',
      withH5({ origin: 'cards.example.com' }),
    ],
    ['a slash at the end', 'apps[1].h5.origin: must be', withH5({ origin: `${good.origin}/` })],
    ['a path', 'apps[1].h5.origin: must be', withH5({ origin: `${good.origin}/h5` })],
    ['a default port', 'apps[1].h5.origin: must be', withH5({ origin: `${good.origin}:443` })],
    ['capitals', 'apps[1].h5.origin: must be', withH5({ origin: 'https://Cards.example.com' })],
    ['a user', 'apps[1].h5.origin: must be', withH5({ origin: 'https://a@cards.example.com' })],
    ['another scheme', 'apps[1].h5.origin: must be', withH5({ origin: 'ftp://cards.example.com' })],
    [
      'a derivation that nobody knows',
      'apps[1].h5.keyDerivation: must be one of unverified, url16',
      withH5({ keyDerivation: 'url64' }),
    ],
    ['an unknown key', 'apps[1].h5.verify: unknown key', withH5({ verify: file })],
    [
      'a proof file in a folder',
      'apps[1].h5.verifyFile.name: must be the name',
      withH5({ verifyFile: { ...file, name: '../WW_verify_a.txt' } }),
    ],
    [
      'a proof file of another name',
      'apps[1].h5.verifyFile.name: must be the name',
      withH5({ verifyFile: { ...file, name: 'index.html' } }),
    ],
    [
      'a proof that is a page',
      'apps[1].h5.verifyFile.content: must be what',
      withH5({ verifyFile: { ...file, content: '<html>\n<script>' } }),
    ],
    [
      'a proof without content',
      'apps[1].h5.verifyFile.content: must be what',
      withH5({ verifyFile: { name: file.name } }),
    ],
    ['a page that is no URL', 'apps[1].h5.authorizeBase: must be', withH5({ authorizeBase: 'x' })],
    ['two apps of one origin', 'apps[1].h5.origin: another app has this origin', two({})],
    [
      'two apps of one proof file',
      'apps[1].h5.verifyFile.name: another app has this file',
      two({ origin: 'https://b.example.com', verifyFile: { ...file, content: 'x' } }),
    ],
  ])('names %s', (_what, expected, given) => {
    const found = mistakes(given)
    expect(found.filter((line) => line.startsWith(expected))).toHaveLength(1)
    expect(found).toHaveLength(1)
  })

  it('names every mistake of a block in a line of its own', () => {
    const found = mistakes(withWecom({ h5: { origin: 1, keyDerivation: 2, verifyFile: {}, x: 3 } }))
    expect(found.map((line) => line.split(':')[0]).sort()).toEqual([
      'apps[1].h5.keyDerivation',
      'apps[1].h5.origin',
      'apps[1].h5.verifyFile.content',
      'apps[1].h5.verifyFile.name',
      'apps[1].h5.x',
    ])
  })

  it.each<[string, string, Json]>([
    ['plain http', 'apps[1].h5.origin: in production', { origin: 'http://cards.example.com' }],
    [
      'a simulated authorize page',
      'apps[1].h5.authorizeBase: in production',
      { authorizeBase: 'http://127.0.0.1:3100/open.weixin.qq.com' },
    ],
    [
      'a simulated web login',
      'apps[1].h5.webLoginBase: in production',
      { webLoginBase: 'http://127.0.0.1:3100/login.work.weixin.qq.com' },
    ],
  ])('refuses %s in production', (_what, expected, change) => {
    expect(mistakes(withH5(change))).toEqual([])
    const found = mistakes(withH5(change), production)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(expected)
  })

  it('refuses in production a page that was not built, and names no other key', () => {
    const config = JSON.stringify(withH5({}))
    const start = (env: string) => {
      const read = (file: string) => {
        if (file.endsWith('index.html')) throw Object.assign(new Error('x'), { code: 'ENOENT' })
        return Buffer.from(config)
      }
      return () => loadConfig({ ...goodEnv, NODE_ENV: env }, read, PLATFORMS)
    }
    expect(start('development')).not.toThrow()
    expect(start('production')).toThrow(
      'SEALCARD_WEB: it is not the folder of the built web page: it has no index.html',
    )
  })

  it('takes the pages of a private WeCom in production', () => {
    const relay = { apiBase: 'https://wecom.example.com', unofficialApiBase: true }
    const h5 = { ...good, authorizeBase: 'https://wecom.example.com/open' }
    expect(mistakes(withWecom({ ...relay, h5 }), production)).toEqual([])
  })
})
