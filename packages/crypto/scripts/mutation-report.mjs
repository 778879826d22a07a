// Writes MUTATION.md: what mutation testing found, and why each mutant that lives is no fault that a test could show.
// Fails when one lives that mutation/survivors.json does not explain, or when an explained one is gone.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { format, resolveConfig } from 'prettier'

const at = (name) => path.resolve(import.meta.dirname, '..', name)
const json = (name) => JSON.parse(readFileSync(at(name), 'utf8'))

/** @returns {string} the mutated code and what it became, on one line each */
const change = ({ location: { start, end }, replacement }, lines) => {
  const text = lines.slice(start.line - 1, end.line).join('\n')
  const last = lines[end.line - 1].length - end.column + 1
  const code = text.slice(start.column - 1, text.length - last)
  return `${code} → ${replacement}`.replace(/\s+/g, ' ')
}

const explained = json('mutation/survivors.json')
const { files } = json('reports/mutation.json')
const counts = {}
const alive = []
for (const [name, { source, mutants }] of Object.entries(files)) {
  const file = name.replace('src/', '')
  for (const mutant of mutants) {
    counts[mutant.status] = (counts[mutant.status] ?? 0) + 1
    if (['Survived', 'NoCoverage'].includes(mutant.status))
      alive.push(`${file}: ${change(mutant, source.split('\n'))}`)
  }
}

const known = explained.flatMap(({ file, mutants }) => mutants.map((text) => `${file}: ${text}`))
const problems = [
  ...alive.filter((text) => !known.includes(text)).map((text) => `not explained: ${text}`),
  ...known.filter((text) => !alive.includes(text)).map((text) => `no longer alive: ${text}`),
]
for (const problem of problems) console.error(problem)

const { Killed = 0, Timeout = 0, RuntimeError = 0, Ignored = 0 } = counts
const judged = Killed + Timeout + alive.length
const code = (text) =>
  `<code>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\|/g, '&#124;')}</code>`
const rows = explained.map(
  ({ file, mutants, why }) => `| ${file} | ${mutants.map(code).join('<br>')} | ${why} |`,
)
const text = `# Mutation testing

\`npm run mutate\` ([Stryker](https://stryker-mutator.io)) changes one thing at a time in \`src\` and runs the tests, without the long ones
(\`stryker.jest.config.mjs\`). Last whole result: of ${judged} mutants ${Killed} were killed by a test, ${Timeout} by never ending, and
${alive.length} live (${((100 * (judged - alive.length)) / judged).toFixed(1)} % found). ${RuntimeError} more stopped a test file from loading; ${Ignored} in code that runs once, when
a module is loaded, are left out, and so is the table of \`lib/json-check.ts\`, which \`test/json-check.test.ts\` compares with \`JSON.parse\`.

Every one that lives is explained here. The command fails when another does. A change that stands several times in a file is listed once.

| in | change | why no test can tell, or which one does |
|---|---|---|
${rows.join('\n')}
`
const options = await resolveConfig(at('MUTATION.md'))
writeFileSync(at('MUTATION.md'), await format(text, { ...options, parser: 'markdown' }))
process.exitCode = problems.length > 0 ? 1 : 0
