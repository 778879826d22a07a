import type { Threads } from '../threads.js'

/** A property of a base component; `null` takes any type, as in WXML's own declarations. */
export type PropertyType =
  | StringConstructor
  | NumberConstructor
  | BooleanConstructor
  | ArrayConstructor
  | ObjectConstructor
  | null

/** A base component's instance, as its setup sees it. */
export interface BaseElement {
  el: HTMLElement
  /** Current properties. */
  data: Record<string, unknown>
  id(): string
  dataset(): Record<string, unknown>
  /** Path of the page or component whose template holds this element. */
  owner: () => string
  /** Triggers a component event: handlers get `detail`. */
  emit: (type: string, detail?: unknown, bubbles?: boolean) => void
  on(type: string, listener: () => void): void
}

/** What base components ask of the client around them. */
export interface BaseHost {
  assetsBase: string
  /** The text size that the person chose in the client, px. */
  fontSizeSetting: number
  /** Component events go to the page's logic through it. */
  threads: Threads
  share(target: { id: string; dataset: Record<string, unknown> }): void
  navigate(openType: string, url: string, delta: number): void
  /** Asks the simulated client. @returns undefined where it does not know this, or fails */
  ask(api: string, args: Record<string, unknown>): Promise<Record<string, unknown> | undefined>
}

export interface BaseTag {
  properties?: Record<string, PropertyType>
  /** Called once; returns what to do when a property changes. */
  setup?(element: BaseElement, host: BaseHost): Record<string, (value: never) => void>
  /** Where aria attributes go; the element itself unless it wraps a native control. */
  control?: boolean
}

/** Roles a person can press; they must be reachable by keyboard. */
const pressable = new Set(['button', 'link', 'tab', 'checkbox', 'radio', 'switch', 'menuitem'])

export const commonProperties: Record<string, PropertyType> = {
  ariaRole: null,
  ariaLevel: null,
  ariaLabel: null,
  ariaHidden: null,
  ariaDisabled: null,
  ariaChecked: null,
  ariaSelected: null,
  ariaExpanded: null,
  ariaLive: null,
  ariaLabelledby: null,
  ariaDescribedby: null,
  hidden: Boolean,
  hoverClass: String,
  hoverStopPropagation: Boolean,
  hoverStartTime: Number,
  hoverStayTime: Number,
  animation: null,
}

const ariaAttributes: Record<string, string> = {
  ariaRole: 'role',
  ariaLevel: 'aria-level',
  ariaLabel: 'aria-label',
  ariaHidden: 'aria-hidden',
  ariaDisabled: 'aria-disabled',
  ariaChecked: 'aria-checked',
  ariaSelected: 'aria-selected',
  ariaExpanded: 'aria-expanded',
  ariaLive: 'aria-live',
  ariaLabelledby: 'aria-labelledby',
  ariaDescribedby: 'aria-describedby',
}

/** One tab stop for a group of radios or tabs, the chosen one. Arrow keys reach the others. */
const reach = (el: HTMLElement): void => {
  const role = el.getAttribute('role')
  if (role === null || !pressable.has(role) || el.hasAttribute('disabled')) return
  const chosen = el.getAttribute(role === 'radio' ? 'aria-checked' : 'aria-selected')
  const grouped = role === 'radio' || role === 'tab'
  el.tabIndex = grouped && chosen === 'false' ? -1 : 0
}

/** Handlers every base component has: aria-* to the DOM, and `hidden`. */
/** @param innerOf which element gets them now: a control may replace its native one */
export const commonHandlers = (el: HTMLElement, innerOf: () => HTMLElement) => ({
  ...Object.fromEntries(
    Object.entries(ariaAttributes).map(([property, attribute]) => [
      property,
      (value: unknown) => {
        const inner = innerOf()
        if (value === null || value === undefined || value === '') {
          if (property !== 'ariaRole') inner.removeAttribute(attribute)
          return
        }
        inner.setAttribute(attribute, String(value))
        if (inner === el) reach(el)
      },
    ]),
  ),
  hidden: (value: unknown) => {
    el.hidden = value === true
  },
})
