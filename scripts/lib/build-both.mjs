import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { tsc } from './tsc.mjs'

/**
 * Builds a package's dist/esm and dist/cjs. TypeScript reads a file's module kind from the nearest package.json. So each
 * half is compiled from a copy of src that has a package.json of its own.
 * @param {string} root the package's folder
 */
export const buildBoth = (root) => {
  const at = (...parts) => path.join(root, ...parts)

  const compile = (kind, type) => {
    const source = at('.tmp', kind)
    mkdirSync(source, { recursive: true })
    const pack = `${JSON.stringify({ type, sideEffects: false })}\n`
    writeFileSync(path.join(source, 'package.json'), pack)
    cpSync(at('src'), path.join(source, 'src'), {
      recursive: true,
      filter: (file) => !file.endsWith('.test.ts'),
    })
    const config = {
      extends: at('tsconfig.build.json'),
      compilerOptions: {
        rootDir: 'src',
        outDir: at('dist', kind),
        sourceMap: false,
        ...(type === 'module' ? { verbatimModuleSyntax: true } : {}),
      },
      include: ['src'],
      exclude: [],
    }
    writeFileSync(path.join(source, 'tsconfig.json'), JSON.stringify(config))
    tsc(path.join(source, 'tsconfig.json'))
    writeFileSync(at('dist', kind, 'package.json'), pack)
  }

  rmSync(at('dist'), { recursive: true, force: true })
  rmSync(at('.tmp'), { recursive: true, force: true })
  compile('esm', 'module')
  compile('cjs', 'commonjs')
  rmSync(at('.tmp'), { recursive: true, force: true })
}
