'use strict'
// Jest compiles every module anew for each test file, although the text is the same: two fifths of what a short test file
// costs. Here a worker compiles a module once. V8 keeps the functions that ran, too. Every test file still evaluates the
// module in a context of its own, so nothing that a test changes stays.
const { createRequire } = require('node:module')
const { Script } = require('node:vm')

/** The one that jest itself brings: a dependency of our own could be another version. */
const core = createRequire(require.resolve('jest')).resolve('@jest/core')
const { default: Runtime } = createRequire(core)('jest-runtime')

/** Of this worker, by file: the text that was compiled, and its script. */
const compiled = new Map()
/** Of the test file that runs: a worker runs one at a time. */
const current = { executor: undefined }

const scriptOf = (text, filename, parameters) => {
  const known = compiled.get(filename)
  if (known?.text === text) return known.script
  const head = `(function (${parameters.join(', ')}) {`
  const script = new Script(`${head}${text}\n})`, {
    filename,
    // A position in the first line is then one of the file, as source maps need it.
    columnOffset: -head.length,
    importModuleDynamically: (specifier, _script, attributes) => {
      const { dynamicImport, environment } = current.executor
      return dynamicImport(specifier, filename, environment.getVmContext(), attributes)
    },
  })
  compiled.set(filename, { text, script })
  return script
}

/** Jest's runtime. @see https://jestjs.io/docs/configuration#runtime-string */
module.exports = class extends Runtime {
  constructor(...args) {
    super(...args)
    current.executor = this.executor
    // Coverage counts from where jest's own wrapper begins.
    if (this._coverageOptions.collectCoverage) return
    const { executor } = this
    const compile = executor.compile.bind(executor)
    executor.compile = (text, filename) => {
      const context = executor.environment.getVmContext()
      if (!context || executor.resolution.isCoreModule(filename)) return compile(text, filename)
      try {
        return scriptOf(text, filename, executor.injectedModuleParameters).runInContext(context)
      } catch {
        // Jest's own error names the place.
        return compile(text, filename)
      }
    }
  }
}
