/**
 * Runs tasks one after the other, in the order they were asked for. WeChat keeps one private flag for the whole app:
 * without an order, the page that leaves could switch off what the page that comes has just declared.
 */
export const serial = () => {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(task: () => Promise<T>): Promise<T> => {
    const run = last.then(task, task)
    last = run.catch(() => undefined)
    return run
  }
}
