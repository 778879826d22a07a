// What the field's own checks say of a tarball: publint, and are-the-types-wrong for each way to resolve types.
// Both only read files. Usage: node scripts/pack-check.mjs TARBALL FOLDER, where FOLDER is the tarball unpacked.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

const [tarball, folder] = process.argv.slice(2)
const require = createRequire(import.meta.url)

const { messages, pkg } = await publint({ pkgDir: folder, pack: false, level: 'warning' })
for (const message of messages) console.error(formatMessage(message, pkg))

const attw = path.dirname(require.resolve('@arethetypeswrong/cli/package.json'))
execFileSync(process.execPath, [path.join(attw, 'dist/index.js'), tarball], { stdio: 'inherit' })
process.exitCode = messages.length === 0 ? 0 : 1
