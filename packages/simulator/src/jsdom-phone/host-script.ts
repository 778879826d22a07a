import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** The package's folder is two up from src/jsdom-phone and from dist/jsdom-phone alike. */
const inPackage = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url))

let built: Promise<string> | undefined

const build = async (): Promise<string> => {
  const source = inPackage('phone/host/main.ts')
  if (!existsSync(source)) return readFile(inPackage('dist/phone/host.js'), 'utf8')
  const esbuild = await import('esbuild')
  const result = await esbuild.build({
    entryPoints: [source],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  return result.outputFiles[0]?.text ?? ''
}

/** The phone's host as one classic script: from its source where that is, so that a test never runs a stale one. */
export const hostScript = (): Promise<string> => (built ??= build())
