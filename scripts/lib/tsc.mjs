import { execFileSync } from 'node:child_process'
import { bin } from './exec.mjs'
import { at } from './paths.mjs'

/**
 * Compiles with the compiler that also checks the types. Throws where that finds an error.
 * @param {string} project a tsconfig file @param {string} [cwd] where its path begins
 */
export const tsc = (project, cwd) =>
  execFileSync(at(bin('tsc')), ['-p', project], {
    cwd,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
