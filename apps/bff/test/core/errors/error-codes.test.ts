import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as crypto from '@sealcard/crypto'
import { ERRORS, INTERNAL_ERRORS } from '@sealcard/protocol'
import { type ErrorClass, errorClasses } from '../../kit/error-classes.js'

const ROOT = path.resolve(__dirname, '../../../../..')
const FILE = path.join(ROOT, 'docs/generated/errors.md')
const sourcesOf = (...names: string[]): string[] => {
  const there = readdirSync(path.join(ROOT, 'packages'))
  return names.filter((name) => there.includes(name)).map((name) => `packages/${name}/src`)
}

/** The simulator is not here: its errors are the platforms'. */
const SOURCES = ['apps/bff/src', ...sourcesOf('crypto', 'protocol', 'kit', 'typeorm-sqlite3')]
/** The types of a code that the thrower passes to an error. */
const UNIONS = ['ErrorCode', 'CryptoErrorCode', 'SqliteDriverErrorCode']
/** Codes of Node.js, undici and OpenSSL, which our sources only read. */
const FOREIGN = /^ERR_(OSSL_|SSL_|TLS_|HTTP_REQUEST_TIMEOUT|ABORTED|CONNECT_TIMEOUT|PRX_TLS|FSYNC)/

const files = SOURCES.flatMap((dir) =>
  readdirSync(path.join(ROOT, dir), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.d)\.ts$/.test(file))
    .map((file) => `${dir}/${file}`),
)
const texts = new Map(files.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]))
const classes = errorClasses(texts)
const codes = new Set<string>([...Object.keys(ERRORS), ...Object.keys(INTERNAL_ERRORS)])

const fixed = (each: ErrorClass): string | undefined =>
  each.code?.startsWith('ERR_') ? each.code : undefined

/** The codes of the packages that import no other package: each has a union of its own. */
const packageCodes = [...texts].flatMap(([file, text]) =>
  file.startsWith('packages/protocol/')
    ? []
    : [...text.matchAll(/type \w+ErrorCode =((?:\s*\|?\s*'ERR_[A-Z\d_]+')+)/g)].flatMap(
        ([, list = '']) => [...list.matchAll(/ERR_[A-Z\d_]+/g)].map(([code]) => code),
      ),
)

const table = (head: string[], rows: string[][]): string => {
  const widths = head.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]!.length)))
  const line = (cells: string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

const document = (): string => {
  const wire = Object.entries(ERRORS).map(([code, { status, title }]) => [
    `\`${code}\``,
    `${status}`,
    title,
  ])
  const internal = Object.entries(INTERNAL_ERRORS).map(([code, meaning]) => [
    `\`${code}\``,
    meaning,
  ])
  return `# Error codes

Written by a test from \`packages/protocol/src/error-codes.ts\`.

## In answers

Each is a problem document of RFC 9457 with this title.

${table(['code', 'status', 'title'], wire)}

## In logs and on the command line

These never leave the program that throws them.

${table(['code', 'what it means'], internal)}
`
}

describe('error codes', () => {
  it('finds the classes, also those that extend another', () => {
    expect(classes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['ApiError', 'OverloadedError', 'CryptoError', 'TemplateCardError']),
    )
    const probe = new Map([
      [
        'a.ts',
        'class A extends B {}\nclass C {}\nconst d = class D extends Error { code = "ERR_D" }',
      ],
      ['b.ts', 'export class B extends TypeError { readonly code = "ERR_B" satisfies X }'],
    ])
    expect(errorClasses(probe)).toEqual([
      { name: 'A', file: 'a.ts', code: undefined },
      { name: 'D', file: 'a.ts', code: 'ERR_D' },
      { name: 'B', file: 'b.ts', code: 'ERR_B' },
    ])
  })

  it('every error class has a code of the union', () => {
    const without = classes.filter(({ code = '' }) => !codes.has(code) && !UNIONS.includes(code))
    expect(without).toEqual([])
  })

  it('no two classes share a code', () => {
    const own = classes.map(fixed).filter((code) => code !== undefined)
    expect(own.filter((code, i) => own.indexOf(code) !== i)).toEqual([])
  })

  it('a code is of the wire or internal, never both', () => {
    expect(Object.keys(INTERNAL_ERRORS).filter((code) => code in ERRORS)).toEqual([])
  })

  it('every internal code belongs to a class', () => {
    const used = new Set<string>(
      [...classes.map(fixed), ...packageCodes].filter((code) => !!code) as string[],
    )
    expect(Object.keys(INTERNAL_ERRORS).filter((code) => !used.has(code))).toEqual([])
  })

  it('the codes of packages that import no other package are in the union', () => {
    expect(packageCodes).toEqual(
      expect.arrayContaining(Object.keys(crypto).filter((name) => name.startsWith('ERR_'))),
    )
    expect(packageCodes.filter((code) => !codes.has(code))).toEqual([])
  })

  it('no source names a code that is not in the union', () => {
    const loose = [...texts].flatMap(([file, text]) =>
      [...text.matchAll(/(?<![A-Z_])ERR_[A-Z\d_]+/g)]
        .filter(([code]) => !codes.has(code) && !FOREIGN.test(code))
        .map(([code]) => `${file}: ${code}`),
    )
    expect(loose).toEqual([])
  })

  it('docs/generated/errors.md lists every code', () => {
    const text = document()
    if (process.env['SEALCARD_WRITE_DOCS']) writeFileSync(FILE, text)
    expect(readFileSync(FILE, 'utf8')).toBe(text)
  })
})
