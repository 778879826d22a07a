/** Everything that the simulated world takes from outside. Implementations are in `adapters/`. */

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number
}

export interface Random {
  bytes(count: number): Buffer
}

/** Waiting in real time, for faults that delay an answer. The world's own clock has nothing to do with it. */
export interface Timer {
  wait(ms: number): Promise<void>
}

export interface NetworkCall {
  url: string
  method: string
  headers: Record<string, string>
  body?: string
  timeoutMs: number
}
export type NetworkAnswer =
  | { kind: 'answer'; status: number; headers: Record<string, string>; body: string }
  | { kind: 'timeout' }
  | { kind: 'unreachable'; reason: string }

/** HTTP to the outside: what a phone's wx.request reaches. */
export interface Network {
  send(call: NetworkCall): Promise<NetworkAnswer>
}

export interface WebCall {
  url: string
  method: string
  headers: Record<string, string>
  body?: string
}
export type WebAnswer =
  | { kind: 'answer'; status: number; headers: [string, string][]; body: Buffer }
  | { kind: 'unreachable'; reason: string }

/** HTTP of a web page on a phone: bytes, every Set-Cookie apart, redirects as they are. */
export interface WebNetwork {
  send(call: WebCall): Promise<WebAnswer>
}

export interface CallbackCall {
  url: string
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string
  /** Aborted when the platform hangs up. */
  signal: AbortSignal
}
export type CallbackAnswer =
  { kind: 'answer'; status: number; body: Buffer } | { kind: 'unreachable'; reason: string }

/** HTTP to a bot server. Bodies are bytes, because the URL check compares them. */
export interface CallbackNetwork {
  send(call: CallbackCall): Promise<CallbackAnswer>
}

/** Where the world is kept. `save` returns once it is durable. */
export interface WorldStore {
  load(): Promise<string | null>
  save(text: string): Promise<void>
}

/** How the world's time differs from the machine's: by `offset` ms, or it stands still at `frozenAt`, ms UTC. */
export interface TimeShift {
  offset: number
  frozenAt: number | null
}

/** Who else lives by the world's time. Told at the start, and of each move before it is acknowledged. */
export interface TimeSink {
  moved(shift: TimeShift): void
}

export interface Log {
  info(line: string): void
  warn(line: string): void
}
