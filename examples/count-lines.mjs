// node examples/count-lines.mjs: the lines that make each example private, as a diff against the version before. It counts
// what is added or changed, without empty lines and comments, in every file.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** Each has a version in before/. */
export const EXAMPLES = ['native', 'taro-react', 'order-server']

/** Of the back-end, its mini-program is the native example. */
const PARTS = { 'order-server': ['package.json', 'main.mjs', 'server.mjs'] }

const SAYS_NOTHING = /^\+\s*(\/\/|\/\*|\*|$)/

/** @param {string} name @returns {{ added: number, removed: number }} lines */
export const countLines = (name) => {
  const parts = PARTS[name] ?? ['.']
  const lines = parts.flatMap((part) => diff(`before/${name}/${part}`, `${name}/${part}`))
  return {
    added: lines.filter((line) => line.startsWith('+') && !SAYS_NOTHING.test(line)).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
  }
}

/** The lines of the diff between two files or folders of this folder, without its headers. */
const diff = (before, after) => {
  const options = ['-r', '-N', '-U0', '-x', 'node_modules', '-x', 'dist', '-x', 'README.md']
  const { status, stdout, stderr } = spawnSync('diff', [...options, before, after], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  if (status > 1) throw new Error(stderr)
  return stdout.split('\n').filter((line) => /^[+-](?!(--|\+\+) )/.test(line))
}

if (import.meta.url === pathToFileURL(path.resolve(process.argv[1] ?? '')).href) {
  for (const name of EXAMPLES) {
    const { added, removed } = countLines(name)
    console.log(`${name.padEnd(14)} +${added} -${removed}`)
  }
}
