import path from 'node:path'
import { parseArgs } from 'node:util'
import { filesToAdd } from './add.mjs'
import { filesOfProject } from './project.mjs'
import { UsageError } from './usage-error.mjs'
import { writeAll } from './write-all.mjs'

const USAGE = `npm create sealcard FOLDER      a new mini-program with its service 新的小程序与服务
npm create sealcard -- --add .  the cards added to yours: native, or Taro 4 with React 加到已有的小程序里

  --appid wx…          of the mini-program; without it, the simulator's
  --service https://…  the address of the service; without it, the one in the simulator`

const OPTIONS = {
  add: { type: 'string' },
  appid: { type: 'string', default: 'wx0000000000000001' },
  service: { type: 'string', default: 'https://bff.sealcard.example' },
  help: { type: 'boolean', short: 'h' },
}

const readArguments = (args) => {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error.message)
  }
}

const check = ({ appid, service }) => {
  if (!/^wx[0-9a-f]{16}$/.test(appid)) throw new UsageError('--appid: must be wx and 16 hex digits')
  if (!/^https:\/\/[^/\s]+$/.test(service))
    throw new UsageError('--service: must be https:// and a host, without a path')
}

/**
 * @param {string[]} args @param {string} cwd
 * @param {{ out: (text: string) => void, err: (text: string) => void }} print
 * @returns {0 | 2} 2: nothing was written
 */
export const main = (args, cwd, print) => {
  try {
    const { values, positionals } = readArguments(args)
    if (values.help) {
      print.out(USAGE)
      return 0
    }
    check(values)
    const place = values.add ?? positionals[0]
    if (!place || positionals.length + (values.add ? 1 : 0) !== 1)
      throw new UsageError(`Name one folder.\n\n${USAGE}`)
    const folder = path.resolve(cwd, place)
    const { files, changes, next } = values.add
      ? filesToAdd(folder, values)
      : filesOfProject(folder, values)
    writeAll(folder, files, changes)
    print.out(next)
    return 0
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    print.err(error.message)
    return 2
  }
}
