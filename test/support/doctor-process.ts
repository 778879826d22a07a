import { spawn } from 'node:child_process'
import path from 'node:path'
import { WEB_APP, WEB_ORIGIN, type WebStack } from './web-stack.js'

const CLI = path.resolve(__dirname, '../../apps/bff/dist/cli.js')

/** `sealcard doctor h5`, as an operator runs it beside the service. */
export const startDoctor = ({ bff }: Pick<WebStack, 'bff'>, ...more: string[]) => {
  const args = ['doctor', 'h5', '--app', WEB_APP, ...more]
  const child = spawn(process.execPath, [CLI, ...args], { env: bff.env })
  const told = { out: '', err: '' }
  let heard = () => {}
  const hear = (stream: 'out' | 'err') => (text: string) => {
    told[stream] += text
    heard()
  }
  child.stdout.setEncoding('utf8').on('data', hear('out'))
  child.stderr.setEncoding('utf8').on('data', hear('err'))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const link = new Promise<string>((resolve, reject) => {
    heard = () => {
      const found = new RegExp(`(${WEB_ORIGIN}/h5/\\?doctor=\\w{22})\\n`).exec(told.err)?.[1]
      if (found) resolve(found)
    }
    void ended.then(() => reject(new Error(told.err)))
  })
  return { link, ended, told, kill: () => child.kill('SIGKILL') }
}
