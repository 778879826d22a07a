const standardNames = [
  ...[
    'Object',
    'Array',
    'String',
    'Number',
    'Boolean',
    'Symbol',
    'BigInt',
    'Map',
    'Set',
    'WeakMap',
  ],
  ...[
    'WeakSet',
    'WeakRef',
    'Promise',
    'Proxy',
    'Reflect',
    'Date',
    'RegExp',
    'Math',
    'JSON',
    'Error',
  ],
  ...['TypeError', 'RangeError', 'SyntaxError', 'EvalError', 'ReferenceError', 'URIError'],
  ...['ArrayBuffer', 'DataView', 'Uint8Array', 'Int8Array', 'Uint16Array', 'Int16Array'],
  ...['Uint32Array', 'Int32Array', 'Float32Array', 'Float64Array', 'Uint8ClampedArray'],
  ...['parseInt', 'parseFloat', 'isNaN', 'isFinite', 'encodeURIComponent', 'decodeURIComponent'],
  ...['encodeURI', 'decodeURI', 'NaN', 'Infinity', 'undefined', 'console'],
]

/**
 * `global` and `globalThis` of the logic layer: a plain object with the standard built-ins, the same ones the code sees
 * (lodash finds its root by `global.Object === Object`).
 */
export const createGlobalObject = (more: Record<string, unknown>): Record<string, unknown> => {
  const source = globalThis as unknown as Record<string, unknown>
  const timers = Object.fromEntries(
    ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'].map((name) => [
      name,
      (source[name] as (...p: unknown[]) => unknown).bind(globalThis),
    ]),
  )
  const standard = Object.fromEntries(standardNames.map((name) => [name, source[name]]))
  return { ...standard, ...timers, ...more }
}

/** The device's time: what the package's `Date` says. */
export const createDate = (now: () => number): DateConstructor =>
  new Proxy(Date, {
    apply: () => new Date(now()).toString(),
    construct: (target, given, self) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, self) as Date,
    get: (target, name, self) =>
      name === 'now' ? now : (Reflect.get(target, name, self) as unknown),
  })

/** WeChat forbids eval and new Function, except `new Function('return this')` (its JavaScript support page). */
export const createSafeFunction = (globalObject: Record<string, unknown>): FunctionConstructor => {
  const make = (parameters: unknown[]) => {
    if (parameters.length === 1 && parameters[0] === 'return this') return () => globalObject
    throw new EvalError('Code generation from strings disallowed for this context')
  }
  return new Proxy(Function, {
    apply: (_target, _this, parameters) => make(parameters),
    construct: (_target, parameters) => make(parameters),
  })
}
