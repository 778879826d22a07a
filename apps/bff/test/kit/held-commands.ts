import { CommandHandler } from '../../src/bots/commands/command-handler.js'
import { withoutTimeout } from './lenient-timers.js'
import type { TestApp } from './test-app.js'

/** Every command of a bot waits for `open()`. No callback waits for a command. */
export const holdCommands = (of: Pick<TestApp, 'nest'>) => {
  const commands = of.nest.get(CommandHandler)
  const prepare = commands.prepare.bind(commands)
  /** The msgids of the messages whose commands were asked for. */
  const asked: string[] = []
  let open = () => {}
  const gate = new Promise<void>((resolve) => (open = resolve))
  const timeouts = withoutTimeout(of)
  const held = jest.spyOn(commands, 'prepare').mockImplementation(async (...args) => {
    asked.push(args[1].msgid)
    await gate
    return prepare(...args)
  })
  return { open, asked, held, timeouts }
}
