import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Clock, ClockError, type ClockStatus } from './clock.js'

/** What the simulator writes: its time is the machine's time and `offset`, ms, or it stands still at `frozenAt`, ms UTC. */
const Moment = z.strictObject({
  offset: z.int().default(0),
  frozenAt: z.int().min(0).nullable().default(null),
})
type Moment = z.infer<typeof Moment>

type ReadFile = (path: string) => Uint8Array

/** @throws what reading throws, and when the file holds something else */
const readMoment = (file: string, readFile: ReadFile): Moment =>
  Moment.parse(JSON.parse(Buffer.from(readFile(file)).toString('utf8')))

/** @returns why the file can't be used; undefined when it can */
export const clockFileMistake = (file: string, readFile: ReadFile): string | undefined => {
  try {
    readMoment(file, readFile)
    return undefined
  } catch {
    return 'cannot be read as {"offset": <ms>, "frozenAt": <ms or null>}; start the simulator with --clock-file first, it writes the file'
  }
}

/**
 * The time of the simulator's world, for development: one time moves the platforms and this service. It may go back, which
 * `TimeSource` never does. The configuration refuses it in production. Without a file that can be read it is not trusted,
 * and the service then answers nothing.
 */
export class ClockFile implements Clock, ClockStatus {
  #last: Moment = { offset: 0, frozenAt: null }

  constructor(
    private readonly file: string,
    private readonly host: Clock,
    private readonly readFile: ReadFile = (path) => readFileSync(path),
  ) {}

  /** Reads the file each time: who moved the time sees it in the next request. */
  now(): number {
    this.#read()
    return this.#last.frozenAt ?? this.host.now() + this.#last.offset
  }

  get problem(): string | undefined {
    return this.#read() ? undefined : 'SEALCARD_CLOCK_FILE cannot be read: start the simulator'
  }

  /** @throws ClockError when the file cannot be read */
  compare(): Promise<void> {
    const { problem } = this
    return problem === undefined ? Promise.resolve() : Promise.reject(new ClockError(problem))
  }

  #read(): boolean {
    try {
      this.#last = readMoment(this.file, this.readFile)
      return true
    } catch {
      return false
    }
  }
}
