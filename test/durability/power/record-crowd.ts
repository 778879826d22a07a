import { createHash } from 'node:crypto'
import path from 'node:path'
import { startLeanStack } from '../../support/lean-stack.js'
import { Crowd, type Deed, DONE, startCrowdPlatform } from '../crowd.js'
import type { Acknowledged } from './acknowledged.js'
import { DiskLog } from './disk-log.js'
import type { Run } from './record.js'

/** So short that it is copied into the database between the transactions of every crowd. */
const LOG = 'checkpoint_pages=20'

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url')

/** Crowds that share transactions, while every write and sync of the database is noted. @param rounds of the crowd */
export const recordCrowd = async (
  library: string,
  dir: string,
  names: readonly string[],
  rounds: number,
  env: Record<string, string> = {},
): Promise<Run> => {
  const database = path.join(dir, 'db.sqlite')
  const log = new DiskLog(path.join(dir, 'disk.log'), library, database)
  const platform = await startCrowdPlatform()
  const stack = await startLeanStack({
    config: platform.config,
    env: { DATABASE_URL: `sqlite:${database}?${LOG}`, ...log.env, ...env },
  })
  try {
    const crowd = new Crowd(stack.bff, names)
    await crowd.gather()
    const ready = log.length
    const acknowledged: Acknowledged[] = []
    const does = async (deed: Deed, idOf: (text: string) => string): Promise<string> => {
      const { status, text } = await deed.send()
      expect([deed.kind, status]).toEqual([deed.kind, DONE[deed.kind]])
      const id = idOf(text)
      acknowledged.push({ at: log.length, kind: deed.kind, id })
      return id
    }
    for (let round = 0; round < rounds; round++) {
      await Promise.all(
        names.flatMap((name) => {
          const written = crowd.writes(name)
          return [
            does(crowd.opens(name), (text) => JSON.parse(text).id).then((id) =>
              does(crowd.acknowledges(name, id), () => id),
            ),
            does(crowd.logsIn(name), (text) => sha256(JSON.parse(text).token)),
            does(written, () => sha256(JSON.stringify(['desk', written.msgid]))),
          ]
        }),
      )
    }
    return { changes: log.read(), acknowledged, ready }
  } finally {
    await stack.stop()
    platform.stop()
  }
}
