import { cpSync, rmSync, symlinkSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { at } from './paths.mjs'

const node = (file, args) => execFileSync(process.execPath, [file, ...args])

/** What WeChat's 构建 npm makes: the kit's one script goes into `miniprogram_npm`. */
const buildNative = (target) => {
  rmSync(target, { recursive: true, force: true })
  cpSync(at('examples/native'), target, { recursive: true })
  cpSync(at('packages/kit/miniprogram_dist'), path.join(target, 'miniprogram_npm/@sealcard/kit'), {
    recursive: true,
  })
  return target
}

/** With the Taro of apps/mini: the example's own `npm i` would fetch the same once more. */
const buildTaro = (target) => {
  rmSync(target, { recursive: true, force: true })
  cpSync(at('examples/taro-react'), target, {
    recursive: true,
    filter: (from) => !/[\\/](node_modules|dist)$/.test(from),
  })
  symlinkSync(at('apps/mini/node_modules'), path.join(target, 'node_modules'), 'junction')
  const taro = path.join(target, 'node_modules/@tarojs/cli/bin/taro')
  const env = { ...process.env, NODE_ENV: 'production' }
  execFileSync(process.execPath, [taro, 'build', '--type', 'weapp'], { cwd: target, env })
  return path.join(target, 'dist')
}

const buildOrders = (target) => {
  node(at('examples/order-server/build-weapp.mjs'), [target])
  return target
}

/** What `npm start -- NAME` shows: the page that opens its cards, and how its mini-program is built. */
export const EXAMPLES = {
  native: { openPath: '/pages/read/read', build: buildNative },
  taro: { openPath: '/pages/read/index', build: buildTaro },
  orders: { openPath: '/pages/read/read', build: buildOrders },
}

/** @param {keyof typeof EXAMPLES} name @param {string} dir for what is built @returns {string} the mini-program's folder */
export const buildExample = (name, dir) => EXAMPLES[name].build(path.join(dir, 'weapp'))
