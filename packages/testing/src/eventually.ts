/** Asks again and again until it is so. @throws after the bound, which is far longer than anything should take */
export const eventually = async (
  holds: () => Promise<boolean>,
  { everyMs = 50, withinMs = 60_000 } = {},
): Promise<void> => {
  for (const until = performance.now() + withinMs; performance.now() < until;) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  throw new Error(`not so within ${withinMs} ms`)
}
