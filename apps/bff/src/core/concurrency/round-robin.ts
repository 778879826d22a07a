/** The first of every queue, then the second of every queue, and so on: a long queue delays no other. */
export function* roundRobin<T>(queues: readonly (readonly T[])[]): Generator<T> {
  const longest = Math.max(0, ...queues.map(({ length }) => length))
  for (let place = 0; place < longest; place++)
    for (const queue of queues) yield* queue.slice(place, place + 1)
}
