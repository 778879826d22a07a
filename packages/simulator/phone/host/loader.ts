import type { CodeSpace } from 'glass-easel-miniprogram-adapter'
import { createDate, createGlobalObject, createSafeFunction } from './logic-scope.js'
import { resolvePath, subPackageOf, type PageConfig, type WeappPackage } from './package.js'

interface LoadedModule {
  exports: unknown
}

type Registrar = (definition: unknown) => unknown
type ComponentEnv = { Page: Registrar; Component: Registrar; Behavior: Registrar }

export interface LoaderScope {
  wx: object
  App: (config: object) => void
  getApp: (options?: { allowDefault?: boolean }) => unknown
  getCurrentPages: () => unknown[]
  /** The device's time, ms UTC. */
  now: () => number
}

interface Require {
  (target: string, done?: (exports: unknown) => void, fail?: (error: object) => void): unknown
  /** Loads from any subpackage (W34). */
  async(target: string): Promise<unknown>
}

/** The files of all components that a page or component may show. */
const componentsOf = ({ usingComponents = {}, componentGenerics = {} }: PageConfig): string[] => [
  ...Object.values(usingComponents),
  ...Object.values(componentGenerics).flatMap((one) =>
    one === true || one.default === undefined ? [] : [one.default],
  ),
]

/** CommonJS for the package's modules. */
export class Loader {
  readonly #cache = new Map<string, LoadedModule>()
  readonly #globalObject: Record<string, unknown>
  readonly #date: DateConstructor
  readonly #safeFunction: FunctionConstructor
  #current: ComponentEnv | null = null

  constructor(
    private readonly pkg: WeappPackage,
    private readonly codeSpace: CodeSpace,
    private readonly scope: LoaderScope,
  ) {
    this.#date = createDate(scope.now)
    this.#globalObject = createGlobalObject({ wx: scope.wx, Date: this.#date })
    this.#safeFunction = createSafeFunction(this.#globalObject)
  }

  load(path: string): unknown {
    const cached = this.#cache.get(path)
    if (cached) return cached.exports
    const code = this.pkg.modules[path]
    if (!code) throw new Error(`module '${path}.js' is not defined`)
    const module: LoadedModule = { exports: {} }
    this.#cache.set(path, module)
    const config = this.pkg.json[path]
    for (const target of componentsOf(config ?? {})) {
      const component = resolvePath(path, target)
      if (component !== path) this.load(component)
    }
    const run = () => this.#run(code, this.#requireOf(path), module)
    // Page() and Component() name the file WeChat is loading, whatever module the call sits in: Taro calls them in taro.js.
    if (config && path !== 'app') {
      this.codeSpace.componentEnv(path, (env) => {
        const before = this.#current
        this.#current = env as unknown as ComponentEnv
        try {
          run()
        } finally {
          this.#current = before
        }
      })
    } else run()
    return module.exports
  }

  #requireOf(from: string): Require {
    const async = async (target: string) => this.load(this.#find(from, target))
    const require = (
      target: string,
      done?: (exports: unknown) => void,
      fail?: (error: object) => void,
    ) => {
      if (done) return void async(target).then(done, fail)
      const path = this.#find(from, target)
      this.#mustReach(from, path)
      return this.load(path)
    }
    return Object.assign(require, { async })
  }

  /** W32, W33: at once, a file reaches its own package and the main one; from an independent one, its own alone. */
  #mustReach(from: string, path: string): void {
    const own = subPackageOf(this.pkg.app, from)
    const other = subPackageOf(this.pkg.app, path)
    if (own === other || (other === undefined && !own?.independent)) return
    const where = other ? `subpackage "${other.root}"` : 'main package'
    const reason = `it is in the ${where}, and ${from}.js is not; only require.async reaches it`
    throw new Error(`module '${path}.js' is not defined: ${reason}`)
  }

  /**
   * The module that `require` means. A name without `.` or `/` before it is a package. WeChat's npm builder put it into
   * `miniprogram_npm` of this folder or of one above. Where there is none, the name is a path. (W28)
   */
  #find(from: string, target: string): string {
    const plain = resolvePath(from, target).replace(/\.js$/, '')
    if (/^[./]/.test(target)) return plain
    const folders = from.split('/').slice(0, -1)
    for (let depth = folders.length; depth >= 0; depth--) {
      const base = [...folders.slice(0, depth), 'miniprogram_npm', target].join('/')
      const found = [base, `${base}/index`].find((path) => path in this.pkg.modules)
      if (found) return found
    }
    return plain
  }

  #run(code: (...p: unknown[]) => void, require: unknown, module: LoadedModule): void {
    const register = (kind: keyof ComponentEnv) => (definition: unknown) => {
      if (!this.#current) throw new Error(`${kind}() outside of a page or component file`)
      return this.#current[kind](definition)
    }
    const behavior = (definition: unknown) =>
      this.#current ? this.#current.Behavior(definition) : this.codeSpace.behavior()
    code(
      require,
      module,
      module.exports,
      this.scope.wx,
      this.scope.App,
      register('Page'),
      register('Component'),
      behavior,
      this.scope.getApp,
      this.scope.getCurrentPages,
      this.#globalObject,
      this.#globalObject,
      this.#safeFunction,
      this.#date,
    )
  }
}
