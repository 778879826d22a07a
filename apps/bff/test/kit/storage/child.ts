import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

/** Starts `claims-child.ts`; resolves when it waits for `send('go')`. */
export const startChild = async (job: string, database: string): Promise<ChildProcess> => {
  const child = fork(
    path.join(__dirname, '../../../tools/ts-child.cjs'),
    [path.join(__dirname, 'claims-child.ts'), job, database],
    {
      execArgv: [],
    },
  )
  await once(child, 'message')
  return child
}

/** Starts several, sets them off at the same moment and collects what each says at its end. */
export const runChildren = async <T>(job: string, database: string, n: number): Promise<T[]> => {
  const children = await Promise.all(Array.from({ length: n }, () => startChild(job, database)))
  return Promise.all(
    children.map(async (child) => {
      const answer = once(child, 'message')
      child.send('go')
      return (await answer)[0] as T
    }),
  )
}
