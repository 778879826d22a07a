import type { ComponentType, LazyExoticComponent } from 'react'

/** A screen of the console: a folder of `screens/`, and one line of `registry.ts`. */
export interface Screen {
  /** Below `/console/`; also `<path>/:id`, for a page of one thing. */
  path: string
  /** In the menu. */
  words: { zh: string; en: string }
  icon: ComponentType
  /** `lazy(() => import('./page'))`: its code is loaded when it shows. */
  page: LazyExoticComponent<ComponentType>
}
