'use strict'
// Jest compiles every module anew for each test file, although the text is the same: two fifths of what a short test file
// costs. Here a worker compiles a module once. V8 keeps the functions that ran, too. Every test file still evaluates the
// module in a context of its own, so nothing that a test changes stays.
const { createRequire } = require('node:module')
const { runInContext, Script } = require('node:vm')

/** The one that jest itself brings: a dependency of our own could be another version. */
const core = createRequire(require.resolve('jest')).resolve('@jest/core')
const { default: Runtime } = createRequire(core)('jest-runtime')

/**
 * In a context of its own each use of a global asks Node, which costs more than what is then done with it. So a module gets
 * these as parameters of a function around it. No test replaces one: what a test may replace is not among them.
 */
const INTRINSICS = [
  ...['Object', 'Function', 'Array', 'String', 'Number', 'Boolean', 'BigInt', 'Symbol', 'RegExp'],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Reflect', 'Proxy', 'Promise', 'JSON', 'Math'],
  ...['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ArrayBuffer', 'DataView', 'Uint8Array'],
  ...['Buffer', 'isNaN', 'parseInt', 'parseFloat', 'encodeURIComponent', 'decodeURIComponent'],
]

/** A browser has no `Buffer`. @param {string} name */
const expressionOf = (name) => `globalThis.${name}`

/** Of this worker, by file: the text that was compiled, and its script. */
const compiled = new Map()
/** Of the test file that runs: a worker runs one at a time. */
const current = { executor: undefined }

const scriptOf = (text, filename, parameters) => {
  const known = compiled.get(filename)
  if (known?.text === text) return known.script
  const head = `(function (${INTRINSICS.join(', ')}) { return function (${parameters.join(', ')}) {`
  const script = new Script(`${head}${text}\n}})`, {
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
    /** Of this test file's context. */
    let intrinsics
    executor.compile = (text, filename) => {
      const context = executor.environment.getVmContext()
      if (!context || executor.resolution.isCoreModule(filename)) return compile(text, filename)
      try {
        const make = scriptOf(text, filename, executor.injectedModuleParameters)
        intrinsics ??= runInContext(`[${INTRINSICS.map(expressionOf)}]`, context)
        return make.runInContext(context)(...intrinsics)
      } catch {
        // Jest's own error names the place.
        return compile(text, filename)
      }
    }
  }
}
