import { exec, bin } from './exec.mjs'
import { pnpm } from './pnpm.mjs'

/** What is checked without running the product. Each is one check of the closing line. */
export const STATIC_CHECKS = {
  format: () => exec(bin('prettier'), ['--check', '--log-level', 'warn', '.'], { quiet: true }),
  lint: () => exec(bin('eslint'), ['.', '--max-warnings', '0'], { quiet: true }),
  imports: () =>
    exec(bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'apps', 'packages', 'test'], {
      quiet: true,
    }),
  types: () => pnpm(['-r', '--workspace-concurrency=2', 'run', 'typecheck'], { quiet: true }),
}

/** Runs checks one after the other, showing each result. @returns {Promise<{ passed: number, failed: number }>} */
export async function runChecks(checks = STATIC_CHECKS) {
  let passed = 0
  let failed = 0
  for (const [name, check] of Object.entries(checks)) {
    const { code, output } = await check()
    if (code) {
      failed += 1
      console.error(`✗ ${name}\n${output}`)
    } else {
      passed += 1
      console.log(`✓ ${name}`)
    }
  }
  return { passed, failed }
}
