import { readFileSync } from 'node:fs'
import path from 'node:path'
import { checks, databaseChecks } from '../../../src/tools/doctor/checks/index.js'
import { databaseFile } from '../../../src/tools/doctor/checks/database-file.js'
import { openDatabase } from '../../../src/tools/doctor/checks/database.js'

const NAMES = [
  'configuration',
  ...[...checks, ...databaseChecks, databaseFile, openDatabase({})].map(({ name }) => name),
]
const page = (language: string) =>
  readFileSync(path.resolve(__dirname, `../../../../docs/pages/${language}/run/go-live.md`), 'utf8')

test.each(['zh', 'en'])(
  'each line of the go-live list (%s) names a check of the doctor, and each check has a line',
  (language) => {
    const lines = [...page(language).matchAll(/^\| ☐ .*\| `([^`]+)` +\|$/gm)].map(
      ([, name]) => name,
    )
    expect(lines.length).toBeGreaterThan(10)
    expect([...lines].sort()).toEqual([...NAMES].sort())
  },
)
