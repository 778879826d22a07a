import type { Platform } from '../../platforms/registry/platform.js'
import { systemOutside } from '../doctor/adapters/system-outside.js'
import { examine } from '../doctor/examine.js'
import type { Finding, Outside } from '../doctor/support/check.js'
import { type Command, EXIT, readOptions } from './command.js'

const MARKS = { ok: '[ok]      ', warning: '[WARNING] ', wrong: '[WRONG]   ' } as const

export const doctorCommand = (
  outside: (platforms: readonly Platform[]) => Outside = systemOutside,
): Command => ({
  name: 'doctor',
  summary: 'checks configuration, database, clock, keys and platforms, and says what to do',
  usage: `--thorough   also what takes minutes on a large database: every page of a SQLite file
--json       the findings as JSON: {"well", "findings": [{"check", "about", "status", "code", "what", "todo"}]}
Leaves nothing behind; the service may run. Asks the platforms as the service does.
exit 1: something is wrong; warnings alone exit with 0`,
  async run({ config, platforms, stdout, stderr }, args) {
    const { json, thorough = false } = readOptions(args, {
      json: { type: 'boolean' },
      thorough: { type: 'boolean' },
    })
    const progress = (text: string) => void stderr.write(`${text}\n`)
    const findings = await examine({ outside: outside(platforms), config, thorough, progress })
    const well = findings.every(({ status }) => status !== 'wrong')
    const english = findings.map(({ zh: _, ...finding }) => finding)
    stdout.write(json ? `${JSON.stringify({ well, findings: english })}\n` : report(findings))
    return well ? EXIT.ok : EXIT.found
  },
})

const report = (findings: readonly Finding[]): string => {
  const lines = findings.map(({ check, about, status, what, todo }) => {
    const where = about === undefined ? check : `${check}, ${about}`
    return `${MARKS[status]}${where}: ${what}\n${todo === undefined ? '' : `          -> ${todo}\n`}`
  })
  const count = (status: Finding['status']) =>
    findings.filter((finding) => finding.status === status).length
  return `${lines.join('')}${count('wrong')} wrong, ${count('warning')} warnings, ${count('ok')} ok\n`
}
