import vm from 'node:vm'
import { withoutExtension, type PackageFiles } from './package-files.js'
import type { WeappProblem } from './problem.js'

export interface AppJson {
  pages: string[]
  window?: Record<string, unknown>
  tabBar?: { list?: { pagePath: string; text?: string; iconPath?: string }[] } & Record<
    string,
    unknown
  >
  darkmode?: boolean
  themeLocation?: string
  [key: string]: unknown
}

export interface ComponentJson {
  component?: boolean
  usingComponents?: Record<string, string>
  [key: string]: unknown
}

/** Most of what is wrong in JSON is wrong in JavaScript too, and that says where. */
const lineOf = (source: string): number | null => {
  try {
    new vm.Script(`(${source})`, { filename: 'json' })
    return null
  } catch (error) {
    return Number(/json:(\d+)/.exec((error as Error).stack ?? '')?.[1] ?? NaN) || null
  }
}

const jsonProblem = (file: string, source: string, error: Error): WeappProblem => {
  const offset = Number(/position (\d+)/.exec(error.message)?.[1] ?? NaN)
  if (Number.isNaN(offset)) {
    return { file, line: lineOf(source), column: null, message: error.message }
  }
  const before = source.slice(0, offset).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  return { file, line: before.length, column, message: error.message }
}

const resolvePath = (from: string, target: string): string => {
  const parts = target.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

const problemAt = (files: PackageFiles, file: string, text: string, message: string) => {
  const line = files
    .read(file)
    .split('\n')
    .findIndex((l) => l.includes(text))
  return { file, line: line < 0 ? null : line + 1, column: null, message }
}

/** All .json files parsed, and what they name checked: pages and components must be in the package. */
export const readConfigs = (files: PackageFiles) => {
  const errors: WeappProblem[] = []
  const json: Record<string, ComponentJson> = {}
  for (const file of files.withExtension('.json')) {
    try {
      json[withoutExtension(file)] = JSON.parse(files.read(file)) as ComponentJson
    } catch (error) {
      errors.push(jsonProblem(file, files.read(file), error as Error))
    }
  }
  const app = json.app as AppJson | undefined
  if (app === undefined) {
    const message = files.all.includes('app.json') ? null : 'missing: not a compiled mini-program'
    if (message) errors.push({ file: 'app.json', line: null, column: null, message })
    return { json, app: { pages: [] } as AppJson, errors }
  }
  if (!Array.isArray(app.pages) || app.pages.length === 0) {
    errors.push({ file: 'app.json', line: null, column: null, message: '"pages" is empty' })
  }
  for (const page of (app.pages as string[] | undefined) ?? []) {
    for (const extension of ['.js', '.wxml']) {
      if (files.all.includes(page + extension)) continue
      errors.push(problemAt(files, 'app.json', page, `page "${page}" has no ${page}${extension}`))
    }
  }
  for (const [owner, config] of Object.entries(json)) {
    for (const [tag, target] of Object.entries(config.usingComponents ?? {})) {
      const component = resolvePath(owner, target)
      if (files.all.includes(`${component}.js`)) continue
      const message = `component "${tag}" has no ${component}.js`
      errors.push(problemAt(files, `${owner}.json`, target, message))
    }
  }
  return { json, app, errors }
}
