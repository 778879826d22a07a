// The long forms: millions of mutations, soak, timing. Same code as in CI, larger numbers.
// `npm run test:nightly -- C1` runs those of one target; `-- node 22` runs the short forms on another Node; anything else
// goes to jest. Without arguments the short forms on each other Node follow.
import { mkdirSync, rmSync } from 'node:fs'
import { main as build } from './build.mjs'
import { bin, exec } from './lib/exec.mjs'
import { OTHER_NODES, execOnNode } from './lib/other-nodes.mjs'
import { at } from './lib/paths.mjs'
import { TARGET } from './lib/targets.mjs'

const tried = at('.tmp/tried.jsonl')

export const main = async (args = []) => {
  const failed = await build()
  if (failed) return failed
  const [first = '', ...rest] = args
  if (first === 'node') return onNode(...rest)
  const only = first.replace(TARGET, '') === '' ? first : ''
  mkdirSync(at('.tmp'), { recursive: true })
  rmSync(tried, { force: true })
  const env = {
    ...process.env,
    SEALCARD_NIGHTLY: '1',
    SEALCARD_TRIED: tried,
    SEALCARD_TARGET: only,
  }
  const selected = only ? ['--testNamePattern', `\\b${only}\\b`, ...rest] : args
  const { code } = await exec(
    bin('jest'),
    ['--config', 'jest.nightly.config.mjs', '--runInBand', ...selected],
    { env },
  )
  let others = 0
  if (!args.length) for (const major of OTHER_NODES) others += await onNode(major)
  return code + others
}

/** The suites of CI with another Node. @param {string} [major] @param {string[]} args for jest */
const onNode = async (major = '', ...args) => {
  if (!OTHER_NODES.includes(major)) {
    console.error(`unknown Node "${major}"; known: ${OTHER_NODES.join(', ')}`)
    return 2
  }
  console.log(`Node ${major}:`)
  const { code } = await execOnNode(major, bin('jest'), args)
  return code
}
