import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { EnterOptions, Phone } from '../../src/contract.js'
import { openJsdomPhone, type JsdomPhone, type PhoneLink } from '../../src/jsdom-phone/index.js'
import { buildWeapp } from '../../src/weapp/index.js'

/** The files of a mini-program by path; what is no text is written as JSON. */
export type Files = Record<string, string | object>

const lin: Phone = {
  id: 'lin',
  person: 'lin',
  client: 'wechat',
  platform: 'ios',
  version: '8.0.50',
  sdkVersion: '3.8.0',
  language: 'zh_CN',
}

const none = () => Promise.reject(new Error('this phone has no platform'))
/** Says yes to every call, so that pages can be turned. */
const link: PhoneLink = {
  wx: async (api) => ({ ok: true, res: { errMsg: `${api}:ok` } }),
  request: none,
  share: none,
  forward: none,
  open: none,
  chatCalled: none,
  describe: async () => lin,
}

const enter = (page: string): EnterOptions => ({
  path: page,
  query: {},
  scene: 1001,
  referrerInfo: {},
  apiCategory: 'default',
})

/** A phone that runs these files, and those that make them a mini-program. */
export const runPackage = async (
  files: Files,
  page: string,
  phone: Partial<Phone> = {},
): Promise<JsdomPhone> => {
  const dir = await mkdtemp(path.join(tmpdir(), 'weapp-'))
  try {
    await writePackage(dir, files)
    const bundle = await buildWeapp(dir)
    const on = { ...lin, ...phone }
    const opened = await openJsdomPhone({ bundle, link, phone: on, timeout: 20_000 })
    opened.launch(enter(page))
    return opened
  } finally {
    await rm(dir, { recursive: true })
  }
}

export const writePackage = async (dir: string, files: Files): Promise<void> => {
  for (const [name, content] of Object.entries({ 'app.js': 'App({})', ...files })) {
    const file = path.join(dir, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  }
}
