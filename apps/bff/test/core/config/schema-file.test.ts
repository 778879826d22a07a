import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { configFileSchema } from '../../../src/core/config/config.schema.js'
import { PLATFORMS } from '../../../src/platforms/all-platforms.js'

const FILE = path.resolve(__dirname, '../../../../../docs/generated/config.schema.json')

it('docs/generated/config.schema.json is the schema that `sealcard config schema` prints', () => {
  const text = `${JSON.stringify(configFileSchema(PLATFORMS), null, 2)}\n`
  if (process.env['SEALCARD_WRITE_DOCS']) writeFileSync(FILE, text)
  expect(readFileSync(FILE, 'utf8')).toBe(text)
})
