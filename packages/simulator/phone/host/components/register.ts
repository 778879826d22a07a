import type { CodeSpace } from 'glass-easel-miniprogram-adapter'
import {
  commonHandlers,
  commonProperties,
  type BaseElement,
  type BaseHost,
  type PropertyType,
} from './base.js'
import { baseTags } from './index.js'
import type { Threads } from '../threads.js'

/** The parts of a glass-easel component instance that base components use; its own typings are generic beyond use here. */
interface Caller {
  id: string
  dataset: Record<string, unknown> | null
  data: Record<string, unknown>
  triggerEvent(type: string, detail: unknown, options: object): void
  _$: {
    $$: HTMLElement
    addListener(type: string, listener: () => void): void
    ownerShadowRoot: { getHostNode(): { is: string } } | null
  }
  sealcardHandlers?: Record<string, (value: never) => void>
}

/** What a control wraps. */
const NATIVE = 'input,textarea,select,img'

/** Taro's templates pass null for every property it has no value for; on a phone a string property then is empty. */
const declared = (type: PropertyType) => (type === String ? { type: null, value: '' } : type)

const plainValue = (type: PropertyType, value: unknown): unknown =>
  type === String ? (value === null || value === undefined ? '' : String(value)) : value

const elementOf = (
  caller: Caller,
  types: Record<string, PropertyType>,
  threads: Threads,
): BaseElement => ({
  el: caller._$.$$,
  // A live view: setups take `data` apart once and read from it later.
  data: new Proxy(caller, {
    get: (target, name) => {
      const property = String(name)
      return plainValue(types[property] ?? null, target.data[property])
    },
  }) as unknown as Record<string, unknown>,
  id: () => caller.id ?? '',
  dataset: () => caller.dataset ?? {},
  owner: () => caller._$.ownerShadowRoot?.getHostNode().is ?? '',
  emit: (type, detail = {}, bubbles = false) =>
    threads.cross(() => caller.triggerEvent(type, detail, { bubbles, composed: bubbles })),
  on: (type, listener) => caller._$.addListener(type, listener),
})

/** Base components as global components of glass-easel; without a template a component shows what it holds. */
export const registerBaseTags = (space: CodeSpace, host: BaseHost): void => {
  for (const [tag, definition] of Object.entries(baseTags)) {
    const types: Record<string, PropertyType> = { ...commonProperties, ...definition.properties }
    const properties = Object.fromEntries(
      Object.entries(types).map(([name, type]) => [name, declared(type)]),
    )
    const observers = Object.fromEntries(
      Object.keys(properties).map((name) => [
        name,
        function (this: Caller, value: unknown) {
          this.sealcardHandlers?.[name]?.(plainValue(types[name] ?? null, value) as never)
        },
      ]),
    )
    const lifetimes = {
      attached(this: Caller) {
        const element = elementOf(this, types, host.threads)
        const own = definition.setup?.(element, host) ?? {}
        const inner = () =>
          (definition.control && element.el.querySelector<HTMLElement>(NATIVE)) || element.el
        this.sealcardHandlers = { ...commonHandlers(element.el, inner), ...own }
        for (const [name, handle] of Object.entries(this.sealcardHandlers)) {
          handle(plainValue(types[name] ?? null, this.data[name]) as never)
        }
      },
    }
    space.addComponentStaticConfig(`wx/${tag}`, { component: true })
    space.component(`wx/${tag}`).definition({ properties, observers, lifetimes }).register()
  }
}
