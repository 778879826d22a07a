import { type Command, EXIT, readOptions, UsageError } from './command.js'

export const serve: Command = {
  name: 'serve',
  summary: 'runs the service until SIGTERM or Ctrl-C',
  usage: '--port <n>   instead of PORT; 0: any that is free',
  async run({ config, start }, args) {
    const { port } = readOptions(args, { port: { type: 'string' } })
    if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535))
      throw new UsageError('--port must be 0 to 65535')
    if (!start) throw new UsageError('the service cannot be run here')
    const read = config()
    await start(
      port === undefined ? read : { ...read, server: { ...read.server, port: Number(port) } },
    )
    return EXIT.ok
  },
}
