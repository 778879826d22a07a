import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Client } from '@sealcard/simulator'
import type { PhoneDrivers } from './phone-driver.js'

const builder = pathToFileURL(path.resolve(__dirname, '../../scripts/lib/examples.mjs')).href

export const LIN = '林晓 Lin Xiao'
export const CHEN = '陈默 Chen Mo'
export const ZHOU = '周远 Zhou Yuan'
export const TITLE = '你的订单'
export const ORDER = '订单 2026-1129：青瓷茶具，¥ 860'

/** Builds an example as `npm start -- NAME` does. @returns the folder of the compiled package */
export const buildExample = (name: 'native' | 'taro', dir: string): string => {
  const code = `import { buildExample } from '${builder}'; console.log(buildExample('${name}', process.argv[1]))`
  return execFileSync(process.execPath, ['--input-type=module', '-e', code, dir], {
    encoding: 'utf8',
  }).trim()
}

/** The recipient reads the order, somebody else does not, and its owner is told that it is theirs. */
export const playOrder = async (phones: PhoneDrivers, client: Client): Promise<void> => {
  const phone = (person: string) => phones.take(`${person}-${client}`)
  const lin = await phone('lin')
  await lin.openApp()
  await lin.waitForText('只有收到的人能看')
  await lin.shareTo(CHEN)
  const chen = await phone('chen')
  await chen.openCard(LIN, TITLE)
  await chen.waitForText(ORDER)
  const old = await phones.take(`chen-${client}-old`)
  await old.forwardCard(LIN, TITLE, ZHOU)
  const zhou = await phone('zhou')
  await zhou.openCard(CHEN, TITLE)
  await zhou.waitForText('打不开：not-recipient')
  expect(await zhou.text()).not.toContain(ORDER)
  await lin.quit()
  await lin.openCard(CHEN, TITLE)
  await lin.waitForText('这是你自己发出的卡片')
}
