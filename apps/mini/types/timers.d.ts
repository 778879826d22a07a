// The two timers that the base libraries have; the DOM's types would promise far more.
declare function setTimeout(run: () => void, ms: number): number
declare function clearTimeout(timer: number): void
