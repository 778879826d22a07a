import { StorageConfigError } from '../storage-error.js'

/** A package that cannot be used here, with the reason in words. */
export const packageError = (name: string, cause: unknown): StorageConfigError => {
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown }
  const text = String(message)
  // Node: Cannot find package 'x' imported from …; jest and require: Cannot find module 'x'.
  if (/MODULE_NOT_FOUND$/.test(String(code)) && text.includes(`'${name}'`)) {
    const what = `the package ${name} is not installed`
    return new StorageConfigError(what, 'Install it beside the service.', { cause })
  }
  // The package bindings looks for the file in a dozen places and names them all.
  const missing = /^Could not locate the bindings file|\.node'/.test(text)
  const why = missing ? 'its native part is missing' : lastPart(text)
  const what = `the package ${name} cannot be loaded here (${why})`
  return new StorageConfigError(what, 'Install it again on this system.', { cause })
}

/** `/a/b.node: invalid ELF header`; of the linker: `libm.so.6: version 'GLIBC_2.38' not found (required by …)`. */
const lastPart = (text: string): string => {
  const [line = ''] = text.split('\n')
  return (
    line
      .replace(/\s*\(required by .*$/, '')
      .split(': ')
      .at(-1)
      ?.replaceAll('`', "'")
      .slice(0, 200) ?? ''
  )
}
