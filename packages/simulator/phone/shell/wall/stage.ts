import type { SceneId } from '../api.js'

/** What the whole desk does at once. */
export interface Stage {
  scene: SceneId | null
  set: (scene: SceneId) => Promise<void>
  stranger: () => Promise<void>
  /** The world is another one: nothing runs on its phones. */
  restage: () => void
}
