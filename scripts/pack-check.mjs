// What the field's own checks say of a tarball: publint, and are-the-types-wrong for each way to resolve types.
// Both only read files. Usage: node scripts/pack-check.mjs TARBALL FOLDER [OPTIONS OF attw], FOLDER is the tarball unpacked.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

const [tarball, folder, ...options] = process.argv.slice(2)
const require = createRequire(import.meta.url)

const { messages, pkg } = await publint({ pkgDir: folder, pack: false, level: 'warning' })
for (const message of messages) console.error(formatMessage(message, pkg))

const attw = path.dirname(require.resolve('@arethetypeswrong/cli/package.json'))
const cli = path.join(attw, 'dist/index.js')
execFileSync(process.execPath, [cli, tarball, ...options], { stdio: 'inherit' })
process.exitCode = messages.length === 0 ? 0 : 1
