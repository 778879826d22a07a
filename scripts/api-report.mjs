// Usage: node scripts/api-report.mjs [--write]. Compares what each published package offers with the reviewed reports in
// docs/generated/api. Ends with 1 when one differs; `--write` writes them anew, to be read in the diff.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor'
import { at } from './lib/paths.mjs'

/** Where the declarations of each begin; they are built before. */
const ENTRIES = {
  crypto: 'dist/esm/index.d.ts',
  kit: 'dist/esm/index.d.ts',
  protocol: 'dist/index.d.ts',
  simulator: 'dist/index.d.ts',
  'typeorm-sqlite3': 'dist/index.d.ts',
  verify: 'dist/esm/index.d.ts',
}
const REPORTS = at('docs/generated/api')
const TEMPORARY = at('.tmp/api')

const configOf = (name) => {
  const folder = at('packages', name)
  const quiet = { default: { logLevel: 'none' } }
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: path.join(folder, 'package.json'),
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: path.join(folder, ENTRIES[name]),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            ...{ module: 'nodenext', moduleResolution: 'nodenext', target: 'es2022' },
            ...{ lib: ['es2023', 'dom'], strict: true, skipLibCheck: true },
            ...{ types: ['node'], typeRoots: [at('node_modules/@types')] },
          },
        },
      },
      apiReport: {
        enabled: true,
        reportFolder: REPORTS,
        reportTempFolder: TEMPORARY,
        reportFileName: `${name}.api.md`,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        extractorMessageReporting: quiet,
        compilerMessageReporting: quiet,
        tsdocMessageReporting: quiet,
      },
    },
  })
}

const write = process.argv.includes('--write')
mkdirSync(REPORTS, { recursive: true })
mkdirSync(TEMPORARY, { recursive: true })
const differing = Object.keys(ENTRIES).filter((name) => {
  Extractor.invoke(configOf(name), {
    localBuild: write,
    messageCallback: (message) => {
      message.handled = true
    },
  })
  const reviewed = path.join(REPORTS, `${name}.api.md`)
  const present = readFileSync(path.join(TEMPORARY, `${name}.api.md`), 'utf8')
  return !existsSync(reviewed) || readFileSync(reviewed, 'utf8') !== present
})
rmSync(TEMPORARY, { recursive: true, force: true })
if (differing.length) {
  const names = differing.join(', ')
  console.error(
    `${names}: not as reviewed. Read the difference: node scripts/api-report.mjs --write`,
  )
  process.exitCode = 1
}
