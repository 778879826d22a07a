/** The code of the documentation runs as it is written. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { transformSync } from '@swc/core'

const root = path.resolve(__dirname, '../..')
const pageOf = (language: string) =>
  readFileSync(path.join(root, `apps/docs/pages/${language}/backend/crypto.md`), 'utf8')
/** Blocks that begin with their file's name. */
const blocksOf = (page: string): [string, string][] =>
  [...page.matchAll(/^```(?:js|ts)\n\/\/ (\S+)\n([\s\S]*?)^```$/gm)].map(([, file, code]) => [
    file!,
    code!,
  ])

const HOMES = {
  express: 'examples/verify-express/node_modules/express',
  koa: 'examples/verify-koa/node_modules/koa',
  fastify: 'examples/verify-fastify/node_modules/fastify',
  '@nestjs/common': 'examples/verify-nest/node_modules/@nestjs/common',
  '@nestjs/platform-fastify': 'examples/verify-nest/node_modules/@nestjs/platform-fastify',
  '@nestjs/core': 'examples/verify-nest/node_modules/@nestjs/core',
  'reflect-metadata': 'examples/verify-nest/node_modules/reflect-metadata',
  '@sealcard/crypto': 'packages/crypto',
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'sealcard-documented-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const swc = (code: string) =>
  transformSync(code, {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
    },
    module: { type: 'es6' },
    swcrc: false,
  }).code

test('the bots of the page about cryptography verify, answer and refuse, in Express, Koa, Fastify and NestJS', () => {
  for (const [name, home] of Object.entries(HOMES)) {
    const link = path.join(folder, 'node_modules', name)
    mkdirSync(path.dirname(link), { recursive: true })
    symlinkSync(path.join(root, home), link)
  }
  for (const [file, code] of blocksOf(pageOf('zh'))) {
    const [target, text] = file.endsWith('.ts')
      ? [file.replace(/ts$/, 'mjs'), swc(code)]
      : [file, code]
    writeFileSync(path.join(folder, target), text)
  }
  const player = path.join(root, 'test/support/run-documented-bots.mjs')
  const told = JSON.parse(execFileSync(process.execPath, [player, folder], { encoding: 'utf8' }))
  const answered = { msgtype: 'stream', stream: { id: 'm1', finish: true, content: '收到' } }
  const good = {
    verified: { status: 200, text: 'echo-0123' },
    status: 200,
    answered,
    refused: [403, 403],
  }
  expect(told).toEqual({ express: good, koa: good, fastify: good, nest: good })
})

test('the English page has the same code', () => {
  const bare = (page: string) =>
    blocksOf(page).map(([file, code]) => [
      file,
      code.replace(/\/\*\*.*\*\//g, '').replace(/content: '[^']*'/, ''),
    ])
  expect(bare(pageOf('en'))).toEqual(bare(pageOf('zh')))
})
