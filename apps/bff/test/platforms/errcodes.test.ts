import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { wechatErrcodes } from '../../src/platforms/wechat/errcodes.js'
import { wecomErrcodes } from '../../src/platforms/wecom/errcodes.js'

const FILE = path.resolve(__dirname, '../../../../docs/generated/errcodes.json')

it('docs/generated/errcodes.json holds what the doctor says of each errcode', () => {
  const text = `${JSON.stringify({ wechat: wechatErrcodes, wecom: wecomErrcodes }, null, 2)}\n`
  if (process.env['SEALCARD_WRITE_DOCS']) writeFileSync(FILE, text)
  expect(readFileSync(FILE, 'utf8')).toBe(text)
})
