import vm from 'node:vm'
import { appProblems, readAppJson, routesOf, type AppJson } from './app-json.js'
import { resolveComponents, type ComponentJson } from './component-paths.js'
import { withoutExtension, type PackageFiles } from './package-files.js'
import type { WeappProblem } from './problem.js'

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
  const raw = json['app']
  const app: AppJson = readAppJson(raw ?? {})
  if (raw === undefined) {
    const message = files.all.includes('app.json') ? null : 'missing: not a compiled mini-program'
    if (message) errors.push({ file: 'app.json', line: null, column: null, message })
    return { json, app, errors }
  }
  errors.push(...appProblems(files, app))
  // A page needs no .json of its own (page configuration).
  for (const route of routesOf(app)) json[route] ??= {}
  errors.push(...resolveComponents(files, app, json))
  return { json, app, errors }
}
