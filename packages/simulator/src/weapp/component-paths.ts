import { subPackageOf, type AppJson } from './app-json.js'
import type { PackageFiles } from './package-files.js'
import { problemAt, type WeappProblem } from './problem.js'

export interface ComponentJson {
  component?: boolean
  usingComponents?: Record<string, string>
  componentPlaceholder?: Record<string, string>
  [key: string]: unknown
}

const resolvePath = (from: string, target: string): string => {
  const parts = target.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/** W28: a name without `.` or `/` before it is looked for in `miniprogram_npm` of this folder and of those above, too. */
const candidates = (owner: string, target: string): string[] => {
  const plain = resolvePath(owner, target)
  if (/^[./]/.test(target)) return [plain]
  const folders = owner.split('/').slice(0, -1)
  const inNpm = Array.from({ length: folders.length + 1 }, (_, up) =>
    [...folders.slice(0, folders.length - up), 'miniprogram_npm', target].join('/'),
  )
  return [plain, ...inNpm.flatMap((path) => [path, `${path}/index`])]
}

/** Why a file of `owner`'s package cannot use this component; null: it can. W32, W33, W34. */
const refusal = (
  app: AppJson,
  owner: string,
  component: string,
  placeholder: boolean,
): string | null => {
  const from = subPackageOf(app, owner)
  const to = subPackageOf(app, component)
  if (from === to || (to === undefined && !from?.independent)) return null
  const where = to ? `the subpackage "${to.root}"` : 'the main package'
  if (from?.independent) return `is in ${where}; "${from.root}" is independent of it`
  return placeholder ? null : `is in ${where}; name a stand-in for it in componentPlaceholder`
}

interface Resolver {
  files: PackageFiles
  app: AppJson
  errors: WeappProblem[]
}

/** The components of one file, by absolute path. */
const resolved = ({ files, app, errors }: Resolver, owner: string, config: ComponentJson) => {
  const own: Record<string, string> = {}
  for (const [tag, target] of Object.entries(config.usingComponents ?? {})) {
    const wrong = (message: string) =>
      errors.push(problemAt(files, `${owner}.json`, target, `component "${tag}" ${message}`))
    if (/^(dynamicLib|plugin(-private)?):\/\//.test(target)) {
      wrong(`is of a plugin, "${target}": the simulator does not do plugins`)
      continue
    }
    const tried = candidates(owner, target)
    const found = tried.find((path) => files.all.includes(`${path}.js`))
    if (found === undefined) {
      wrong(`has no ${tried[0]}.js`)
      continue
    }
    const reason = refusal(app, owner, found, config.componentPlaceholder?.[tag] !== undefined)
    if (reason) wrong(reason)
    else own[tag] = `/${found}`
  }
  return own
}

/**
 * Puts absolute paths into every `usingComponents`. Gives each page and component what app.json declares for all
 * (app.json, usingComponents), with its own names first. An independent subpackage sees none of the main package's.
 */
export const resolveComponents = (
  files: PackageFiles,
  app: AppJson,
  json: Record<string, ComponentJson>,
): WeappProblem[] => {
  const errors: WeappProblem[] = []
  const resolver = { files, app, errors }
  const everywhere = resolved(resolver, 'app', app)
  for (const [owner, config] of Object.entries(json)) {
    if (owner === 'app' || !files.all.includes(`${owner}.wxml`)) continue
    const own = resolved(resolver, owner, config)
    const shared = subPackageOf(app, owner)?.independent ? {} : everywhere
    const components = { ...shared, ...own }
    if (Object.keys(components).length > 0) config.usingComponents = components
  }
  return errors
}
