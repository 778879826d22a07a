import { NewPassword } from '@sealcard/protocol'
import { type CommandContext, type Output, PasswordInput, UsageError } from './command.js'

/** @throws UsageError when there is none, or it is too short, or typed differently the second time */
export const readNewPassword = async (
  { passwords }: CommandContext,
  fromStdin = false,
): Promise<string> => {
  if (!passwords) throw new UsageError('a password cannot be read here')
  const password = fromStdin ? withoutLineEnd(await passwords.readAll()) : await twice(passwords)
  const judged = NewPassword.safeParse(password)
  if (!judged.success) {
    throw new UsageError(`the password ${judged.error.issues[0]?.message ?? 'is not accepted'}`)
  }
  return password
}

/** A pipe ends its text with a line end, which is no part of the password. */
const withoutLineEnd = (text: string): string => text.replace(/\r?\n$/, '')

const twice = async (passwords: PasswordInput): Promise<string> => {
  const password = await passwords.ask('New password: ')
  if (password === null) throw new UsageError('no terminal to ask on; use --password-stdin')
  if ((await passwords.ask('The same again: ')) !== password) {
    throw new UsageError('the two passwords differ')
  }
  return password
}

/** What is needed of `process.stdin`. */
export interface Terminal {
  readonly isTTY?: boolean
  setRawMode?(raw: boolean): unknown
  setEncoding(encoding: 'utf8'): unknown
  on(event: 'data', listener: (text: string) => void): unknown
  off(event: 'data', listener: (text: string) => void): unknown
  resume(): unknown
  pause(): unknown
  [Symbol.asyncIterator](): AsyncIterator<unknown>
}

const [CTRL_C, CTRL_D, BACKSPACE, DELETE] = ['\u0003', '\u0004', '\b', '\u007f']

export class TerminalInput implements PasswordInput {
  constructor(
    private readonly terminal: Terminal,
    private readonly output: Output,
  ) {}

  async readAll(): Promise<string> {
    this.terminal.setEncoding('utf8')
    let text = ''
    for await (const part of {
      [Symbol.asyncIterator]: () => this.terminal[Symbol.asyncIterator](),
    })
      text += String(part)
    return text
  }

  async ask(question: string): Promise<string | null> {
    const { terminal } = this
    if (!terminal.isTTY || !terminal.setRawMode) return null
    this.output.write(question)
    terminal.setEncoding('utf8')
    // In raw mode the terminal shows nothing by itself, and Ctrl-C is a character like any other.
    terminal.setRawMode(true)
    try {
      return await this.#line()
    } finally {
      terminal.setRawMode(false)
      terminal.pause()
      this.output.write('\n')
    }
  }

  #line(): Promise<string> {
    const { terminal } = this
    return new Promise((resolve, reject) => {
      let typed: string[] = []
      const done = (end: () => void) => {
        terminal.off('data', read)
        end()
      }
      const read = (text: string) => {
        for (const char of text) {
          if (char === CTRL_C || char === CTRL_D) {
            done(() => reject(new UsageError('interrupted')))
            return
          }
          if (char === '\r' || char === '\n') {
            done(() => resolve(typed.join('')))
            return
          }
          if (char === BACKSPACE || char === DELETE) typed = typed.slice(0, -1)
          else typed.push(char)
        }
      }
      terminal.on('data', read)
      terminal.resume()
    })
  }
}
