import { cpSync, appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { weappDir } from '../support/stack.js'

// eslint-disable-next-line @typescript-eslint/no-require-imports -- CommonJS without types
const { wxmlToJs, wxssToJs } = require('miniprogram-compiler') as Record<
  string,
  (dir: string) => string
>

describe("WeChat's own compilers, wcc and wcsc", () => {
  it('accept the compiled package', () => {
    expect(wxmlToJs!(weappDir).length).toBeGreaterThan(1000)
    expect(wxssToJs!(weappDir).length).toBeGreaterThan(100)
  })

  it('would refuse a broken one', () => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'sealcard-wcc-'))
    cpSync(weappDir, dir, { recursive: true })
    appendFileSync(path.join(dir, 'pages/open/index.wxml'), '<view><text></view>')
    expect(() => wxmlToJs!(dir)).toThrow()
    rmSync(dir, { recursive: true, force: true })
  })
})
