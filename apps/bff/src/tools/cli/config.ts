import { configFileSchema } from '../../core/config/config.schema.js'
import { type Command, EXIT, readOptions } from './command.js'

export const configSchema: Command = {
  name: 'config schema',
  summary: 'writes the JSON Schema of the config file to standard output, for editors',
  usage: '(no options)',
  run({ platforms, stdout }, args) {
    readOptions(args, {})
    stdout.write(`${JSON.stringify(configFileSchema(platforms), null, 2)}\n`)
    return Promise.resolve(EXIT.ok)
  },
}
