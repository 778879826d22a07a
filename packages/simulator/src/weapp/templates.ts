import { TmplGroup } from 'glass-easel-template-compiler'
import { withoutExtension, type PackageFiles } from './package-files.js'
import type { WeappProblem } from './problem.js'

/** What the compiler reports; its own typings leave it as any. Lines and columns count from 0. */
interface TemplateParseError {
  isError: boolean
  message: string
  startLine: number
  startColumn: number
}

/** This compiler only warns where the official wcc, and so an upload, fails: "expect end-tag". */
const endTag = /end tag/

export interface CompiledTemplates {
  /** A JavaScript expression: an object of template generators by path. */
  code: string
  errors: WeappProblem[]
  warnings: WeappProblem[]
}

/** WXML and WXS through WeChat's own template compiler. */
export const compileTemplates = (files: PackageFiles): CompiledTemplates => {
  const group = new TmplGroup()
  const errors: WeappProblem[] = []
  const warnings: WeappProblem[] = []
  for (const file of files.withExtension('.wxml')) {
    const found = group.addTmpl(withoutExtension(file), files.read(file)) as
      TemplateParseError[] | undefined
    for (const problem of found ?? []) {
      const where = {
        file,
        line: problem.startLine + 1,
        column: problem.startColumn + 1,
        message: problem.message,
      }
      const fatal = problem.isError || endTag.test(problem.message)
      ;(fatal ? errors : warnings).push(where)
    }
  }
  for (const file of files.withExtension('.wxs')) {
    group.addScript(withoutExtension(file), files.read(file))
  }
  const code = group.getTmplGenObjectGroups()
  group.free()
  return { code, errors, warnings }
}
