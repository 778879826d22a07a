import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { jsonText, RANGE, template, withService } from './templates.mjs'
import { UsageError } from './usage-error.mjs'

const PAGE = 'pages/open/index'

const TARO_CLIENT = (
  service,
) => `import { createBffClient, detectPlatform, wxRequest, wxStorage, type WxLike } from '@sealcard/kit'

declare const wx: WxLike

/** 整个小程序只建一次 Made once for the whole mini-program. */
export const platform = detectPlatform(wx)
export const client = createBffClient({
  baseUrl: '${service}',
  app: platform.kind === 'wecom' ? 'demo-wecom' : 'demo-wechat',
  request: wxRequest(wx),
  storage: wxStorage(wx),
  login: () => platform.login(),
  now: Date.now,
})
`

const NEXT = (share) => `Written: the client, and the page ${PAGE} that opens cards. Next:
1. npm install
2. In the client's file, write the ids of your apps in the service's configuration.
3. The page that shares: ${share}. See docs/adopt of the documentation, or /help of the service.
写好了：客户端与打开卡片的页面。下一步：安装；在客户端文件里写上你的应用编号；分享的页面照文档“加到已有的小程序里”。`

const withKit = (folder) => {
  const file = path.join(folder, 'package.json')
  const manifest = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { private: true }
  const dependencies = { ...manifest.dependencies, '@sealcard/kit': RANGE }
  return jsonText({ ...manifest, dependencies })
}

const native = (folder, root, { service }) => {
  const at = (file) => path.posix.join(root, file)
  const app = JSON.parse(readFileSync(path.join(folder, root, 'app.json'), 'utf8'))
  const example = template('native')
  const files = new Map([
    [at('sealcard.js'), withService(String(example.get('sealcard.js')), service)],
  ])
  for (const ending of ['js', 'json', 'wxml'])
    files.set(at(`${PAGE}.${ending}`), example.get(`pages/read/read.${ending}`))
  const changes = new Map([
    [at('app.json'), jsonText({ ...app, pages: [...app.pages, PAGE] })],
    [at('package.json'), withKit(path.join(folder, root))],
  ])
  return { files, changes, next: NEXT('createDeclareShare') }
}

const taro = (folder, { service }) => {
  const file = path.join(folder, 'src/app.config.ts')
  const config = readFileSync(file, 'utf8')
  const changed = config.replace(/(pages:\s*\[[^\]]*?)(,?\s*)\]/, `$1, '${PAGE}'$2]`)
  if (changed === config)
    throw new UsageError(`src/app.config.ts: has no list of pages. Add '${PAGE}' to it by hand.`)
  const files = new Map([
    ['src/sealcard.ts', TARO_CLIENT(service)],
    [`src/${PAGE}.tsx`, template('taro').get(`${PAGE}.tsx`)],
  ])
  const changes = new Map([
    ['src/app.config.ts', changed],
    ['package.json', withKit(folder)],
  ])
  return { files, changes, next: NEXT('usePrivateShare') }
}

/** Where DevTools finds a native mini-program. */
const rootOf = (folder) => {
  const file = path.join(folder, 'project.config.json')
  const { miniprogramRoot = '.' } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  return miniprogramRoot
}

/**
 * @param {string} folder of a mini-program that exists
 * @returns {{ files: Map<string, string | Buffer>, changes: Map<string, string>, next: string }}
 * @throws UsageError when it is neither native nor Taro
 */
export const filesToAdd = (folder, options) => {
  if (existsSync(path.join(folder, 'src/app.config.ts'))) return taro(folder, options)
  const root = rootOf(folder)
  if (existsSync(path.join(folder, root, 'app.json'))) return native(folder, root, options)
  throw new UsageError(
    `${folder}: is no mini-program that this knows: it has neither app.json nor src/app.config.ts.`,
  )
}
