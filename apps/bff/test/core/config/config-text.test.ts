import { jsonFault } from '../../../src/core/config/config-text.js'
import { loadConfig } from '../../../src/core/config/load-config.js'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'
import { goodEnv, goodFile, load, mistakes } from '../../kit/config-file.js'

const text = JSON.stringify(goodFile, null, 2)

describe('the config file', () => {
  it('may begin with the byte order mark that editors put there', () => {
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])
    expect(load(marked).apps).toHaveLength(2)
  })

  it.each([
    [
      'UTF-16 with its mark',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
    ],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    [
      'UTF-16, the other way round',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]),
    ],
  ])('is named as not UTF-8 when it is %s', (_what, bytes) => {
    expect(mistakes(bytes)).toEqual([
      'SEALCARD_CONFIG: ./sealcard.config.json is not UTF-8 but UTF-16: save it as UTF-8',
    ])
  })

  it('is named as not UTF-8 when one byte is invalid', () => {
    expect(mistakes(Buffer.from([...Buffer.from('{"a":"'), 0xe9, 0x22, 0x7d]))).toEqual([
      'SEALCARD_CONFIG: ./sealcard.config.json is not UTF-8: save it as UTF-8',
    ])
  })

  it('may have comments, which a text in quotes never is', () => {
    const commented = `// ours\n/* {"apps": */ ${text.replace('{', '{ "receipts": {"issuer": "https://a.example/*x*/"}, // apps')}`
    const { apps, receipts } = load(Buffer.from(commented))
    expect(apps).toHaveLength(2)
    expect(receipts.issuer).toBe('https://a.example/*x*/')
  })

  it.each([
    ['EISDIR', 'it is a directory'],
    ['EACCES', 'this user may not read it'],
    ['ENOENT', 'there is no such file'],
  ])('that cannot be read (%s) gets an error in words', (code, why) => {
    const read = (): Uint8Array => {
      throw Object.assign(new Error('x'), { code })
    }
    expect(() => loadConfig(goodEnv, read, PLATFORMS)).toThrow(
      `SEALCARD_CONFIG: can't read ./sealcard.config.json (${code}): ${why}`,
    )
  })

  it.each([
    ['{\n  "a": 1,\n}', 'line 3, column 1: a comma too many'],
    ['{"a": [1,\r\n 2,]}', 'line 2, column 4: a comma too many'],
    [
      '{\n  # S3CRET\n  "a": 1}',
      'line 2, column 3: a comment begins with // or with /*, and /* ends with */',
    ],
    [
      '{\n  /* S3CRET\n  "a": 1}',
      'line 2, column 3: a comment begins with // or with /*, and /* ends with */',
    ],
    ['{ // S3CRET\n /* S3\nCRET */ "a" 1}', 'line 3, column 13: a colon is missing'],
    ['{"a": 1\n "b": 2}', 'line 2, column 2: a comma or a closing bracket is missing'],
    ['{"a": {"secret": "S3CRET"', 'line 1, column 26: the file ends too early'],
    ['{"a": "S3CRET\n"}', 'line 1, column 7: no value, or one that is not JSON’s'],
    ["{'S3CRET': 1}", 'line 1, column 2: a key in double quotes is missing'],
    ['{"a" 1}', 'line 1, column 6: a colon is missing'],
    ['{"a": S3CRET}', 'line 1, column 7: no value, or one that is not JSON’s'],
    ['{} {}', 'line 1, column 4: something after the end'],
    ['', 'line 1, column 1: the file ends too early'],
  ])('that is no JSON gets an error with line and column: %j', (file, where) => {
    expect(mistakes(file)).toEqual([
      `SEALCARD_CONFIG: ./sealcard.config.json is not JSON: ${where}`,
    ])
  })
})

it('finds a fault in exactly the texts in which JSON.parse finds one', () => {
  const good = '{"a":[1,-2.5e+3,true,null,"\\u00e9\\n",{}],"b":{"c":[]}}'
  const parses = (json: string): boolean => {
    try {
      JSON.parse(json)
      return true
    } catch {
      return false
    }
  }
  const texts = [good, '01', '-', '1.', '1e', '"\\x"', '[1 2]', '[,]', '{,}', '{"a":}', 'nul', '[}']
  for (let at = 0; at < good.length; at++) {
    texts.push(good.slice(0, at))
    for (const put of [
      '',
      ',',
      '}',
      ']',
      '"',
      ':',
      '0',
      ' ',
      '\\',
      'x',
      '\u0001',
      '\u007f',
      '\u{1f600}',
    ])
      texts.push(
        good.slice(0, at) + put + good.slice(at + 1),
        good.slice(0, at) + put + good.slice(at),
      )
  }
  const disagreed = texts.filter((json) => parses(json) !== (jsonFault(json) === undefined))
  expect(disagreed).toEqual([])
})
