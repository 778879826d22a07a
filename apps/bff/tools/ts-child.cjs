// Runs a TypeScript file in a process of its own, as jest runs it: swc, CommonJS.
// node ts-child.cjs <file.ts> [arguments]
const { readFileSync } = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const { transformSync } = require('@swc/core')

const options = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
  module: { type: 'commonjs' },
}

Module._extensions['.ts'] = (module, file) =>
  module._compile(transformSync(readFileSync(file, 'utf8'), options).code, file)

const resolve = Module._resolveFilename
Module._resolveFilename = function (request, parent, ...rest) {
  const ours = request.startsWith('.') && parent?.filename?.endsWith('.ts')
  return resolve.call(this, ours ? request.replace(/\.js$/, '.ts') : request, parent, ...rest)
}

require('reflect-metadata')
require(path.resolve(process.argv[2]))
