// Reads an OpenAPI document from standard input. Writes its errors by Redocly's recommended rules, as JSON.
import { text } from 'node:stream/consumers'
import { createConfig, lintFromString } from '@redocly/openapi-core'

const source = await text(process.stdin)
const config = await createConfig({ extends: ['recommended'] })
const found = await lintFromString({ source, absoluteRef: 'openapi.json', config })
const errors = found.filter(({ severity, ignored }) => severity === 'error' && !ignored)
process.stdout.write(
  JSON.stringify(
    errors.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
  ),
)
