import vm from 'node:vm'
import { withoutExtension, type PackageFiles } from './package-files.js'
import type { WeappProblem } from './problem.js'
import { moduleParameters, shadowedNames } from './shadowed-names.js'

const parameters = [...moduleParameters, ...shadowedNames].join(',')

const syntaxError = (file: string, code: string): WeappProblem | null => {
  try {
    new vm.Script(code, { filename: file })
    return null
  } catch (error) {
    return syntaxProblem(file, error as Error)
  }
}

/** V8 puts `file:line` on the first line of a syntax error's stack. */
const syntaxProblem = (file: string, error: Error): WeappProblem => {
  const line = Number(/:(\d+)\n/.exec(error.stack ?? '')?.[1] ?? NaN)
  return { file, line: Number.isNaN(line) ? null : line, column: null, message: error.message }
}

/** Every .js file as one function of CommonJS and WeChat's names; the browser's own names are shadowed. */
export const compileScripts = (files: PackageFiles): { code: string; errors: WeappProblem[] } => {
  const errors: WeappProblem[] = []
  const modules = files.withExtension('.js').map((file) => {
    const source = files.read(file)
    // Alone first: inside the wrapper, an unclosed bracket would be found at the wrapper's own end.
    const error = syntaxError(file, source)
    if (error && syntaxError(file, `(function(${parameters}){${source}\n})`)) errors.push(error)
    return `${JSON.stringify(withoutExtension(file))}:function(${parameters}){${source}\n}`
  })
  return { code: `{${modules.join(',\n')}}`, errors }
}
