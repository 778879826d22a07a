import { createBffClient } from '../src/bff-client.js'
import { createDeclareShare } from '../src/declare-share.js'
import { detectPlatform } from '../src/detect.js'
import { createOpenController } from '../src/open-controller.js'
import { BASE, fakeBff } from '../src/testing/fake-bff.js'
import { fakeWx } from '../src/testing/fake-wx.js'
import { memoryStorage } from '../src/testing/memory-storage.js'

const platform = detectPlatform(fakeWx().wx)
const client = {
  baseUrl: BASE,
  app: 'a',
  request: fakeBff().request,
  storage: memoryStorage(),
  login: () => platform.login(),
  now: () => 0,
}
const share = {
  platform,
  prepare: () => Promise.reject(new Error()),
  renewSession: () => Promise.resolve(),
  fallback: { title: 'T', path: '/pages/index/index' },
  now: () => 0,
  onChange: () => undefined,
}
const opening = { platform, client: {}, shareId: 'S', onChange: () => undefined }

describe('misuse without types is a TypeError that names the option and the cure', () => {
  it.each([
    ...['https://bff.example/', 'bff.example', '', 'https://bff.example?x=1', undefined].map(
      (baseUrl) => [createBffClient, { ...client, baseUrl }, /^baseUrl: .*https:/] as const,
    ),
    [createBffClient, { ...client, app: undefined }, /^app: .*`apps`/],
    [createBffClient, { ...client, request: {} }, /^request: .*wxRequest\(wx\)/],
    [createBffClient, { ...client, storage: undefined }, /^storage: .*wxStorage\(wx\)/],
    [createBffClient, { ...client, login: 'code' }, /^login: .*platform\.login\(\)/],
    [createBffClient, { ...client, now: 5 }, /^now: .*Date\.now/],
    [detectPlatform, undefined, /^wx: .*global wx/],
    [detectPlatform, {}, /^wx: .*global wx/],
    [createDeclareShare, { ...share, prepare: {} }, /^prepare: .*createShare\(cardId\)/],
    [createDeclareShare, { ...share, fallback: undefined }, /^fallback: .*title, path/],
    ...['pages/read', '/pages/read?x=1', '/pages//read', '/', '', 'https://x.example/'].map(
      (openPath) =>
        [createDeclareShare, { ...share, openPath }, /^openPath: .*\/pages\/open\/index/] as const,
    ),
    [createOpenController, { ...opening, shareId: undefined }, /^shareId: .*`s`/],
    [createOpenController, { ...opening, onChange: undefined }, /^onChange: /],
  ] as const)('%p %#', (make, options, message) => {
    const misuse = () => (make as (options: unknown) => unknown)(options)
    expect(misuse).toThrow(TypeError)
    expect(misuse).toThrow(message)
  })

  it('takes an address with a path, and pages of a subpackage', () => {
    expect(() => createBffClient({ ...client, baseUrl: 'http://127.0.0.1:3000/a/b' })).not.toThrow()
    expect(() =>
      createDeclareShare({ ...share, openPath: '/packageA/pages/read.one' }),
    ).not.toThrow()
  })

  it('says how to start a service that does not answer', async () => {
    const request = () => Promise.reject(new Error('request:fail'))
    await expect(createBffClient({ ...client, request }).getMe()).rejects.toThrow(
      /did not answer at https:\/\/bff\.example.*npm start.*request domain/,
    )
  })
})
