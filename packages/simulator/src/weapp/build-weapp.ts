import path from 'node:path'
import type { AppJson } from './app-json.js'
import { readConfigs } from './configs.js'
import { readPackageFiles, withoutExtension } from './package-files.js'
import { WeappBuildError, type WeappProblem } from './problem.js'
import { compileScripts } from './scripts.js'
import { compileStyle } from './styles.js'
import { compileTemplates } from './templates.js'

/** A compiled weapp package, made ready for the phone's runtime. */
export interface WeappBundle {
  /** A classic script that sets `globalThis.__WEAPP_PACKAGE__`. */
  packageJs: string
  /** Folder to serve for the images of the package, by their path in it. */
  assetsDir: string
  app: AppJson
  warnings: WeappProblem[]
  /** Bytes of the package as WeChat counts them against its limit. */
  bytes: number
}

/** Turns what `taro build --type weapp` (or any other tool) wrote into one script. Throws WeappBuildError. */
export const buildWeapp = async (distDir: string): Promise<WeappBundle> => {
  const files = await readPackageFiles(distDir)
  const configs = readConfigs(files)
  const templates = compileTemplates(files)
  const scripts = compileScripts(files)
  const styles: Record<string, string> = {}
  const styleErrors: WeappProblem[] = []
  const read = (file: string) => (files.all.includes(file) ? files.read(file) : null)
  for (const file of files.withExtension('.wxss')) {
    const result = compileStyle(file, read)
    if ('problem' in result) styleErrors.push(result.problem)
    else styles[withoutExtension(file)] = result.css
  }
  const errors = [...configs.errors, ...templates.errors, ...styleErrors, ...scripts.errors]
  if (errors.length > 0) throw new WeappBuildError(errors)
  const packageJs = `globalThis.__WEAPP_PACKAGE__={
app:${JSON.stringify(configs.app)},
json:${JSON.stringify(configs.json)},
wxss:${JSON.stringify(styles)},
templates:${templates.code},
modules:${scripts.code}};
`
  const texts = files.all.map((file) => Buffer.byteLength(files.read(file)))
  return {
    packageJs,
    assetsDir: path.resolve(distDir),
    app: configs.app,
    warnings: templates.warnings,
    bytes: texts.reduce((sum, n) => sum + n, 0),
  }
}
