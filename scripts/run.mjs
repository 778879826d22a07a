// One command on a machine with only Node and npm: installs with the pinned pnpm when node_modules is missing or stale,
// then does what was asked. No dependency of its own: it must run before there are any.
import { assertNode } from './lib/node-version.mjs'
import { install } from './lib/install.mjs'

const COMMANDS = {
  start: () => import('./start.mjs'),
  build: () => import('./build.mjs'),
  test: () => import('./test.mjs'),
  'test:nightly': () => import('./nightly.mjs'),
  lint: () => import('./lint.mjs'),
  format: () => import('./format.mjs'),
  bench: () => import('./bench.mjs'),
}

const [name = '', ...args] = process.argv.slice(2)
const load = COMMANDS[name]
if (!load) {
  console.error(`unknown command "${name}"; known: ${Object.keys(COMMANDS).join(', ')}`)
  process.exit(2)
}
assertNode()
await install()
const { main } = await load()
process.exitCode = (await main(args)) ?? 0
