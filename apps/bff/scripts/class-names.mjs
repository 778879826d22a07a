const HELPER = /^var __name = .*$/m

/** In front of each file that `keepClassNames` changes. */
export const CLASS_NAMES = `const __nameClass = (made, value) => Object.defineProperty(made, 'name', { value, configurable: true })`

/**
 * Lets classes keep their names, and functions not. With `keepNames`, esbuild calls a helper whenever a class or a function
 * is made. Functions within functions are made for each request: naming them took a quarter of the time of a short one.
 * Names of classes are read: TypeORM names its aliases by them, the log its errors.
 * @param {string} code that esbuild made with `keepNames`
 */
export const keepClassNames = (code) =>
  code
    .replaceAll('__name(this, ', '__nameClass(this, ')
    .replace(HELPER, 'var __name = (made) => made;')
