import type { WorldStore } from '../ports.js'
import type { World } from '../world/world.js'

/** Acknowledged means durable: an answer waits until the world as it was then is saved. Waiting answers share one save. */
export class Saver {
  #savedVersion = -1
  #running: Promise<void> | null = null

  constructor(
    private readonly world: World,
    private readonly store: WorldStore | null,
  ) {}

  async flush(): Promise<void> {
    if (!this.store) return
    const wanted = this.world.version
    while (this.#savedVersion < wanted) {
      this.#running ??= this.#save().finally(() => {
        this.#running = null
      })
      await this.#running
    }
  }

  async #save(): Promise<void> {
    // One turn of the event loop, so that changes made together are saved together.
    await new Promise<void>((resolve) => setImmediate(resolve))
    const version = this.world.version
    await this.store?.save(this.world.serialize())
    this.#savedVersion = version
  }
}
