import { request } from 'undici'
import type { z } from 'zod'
import type { AppConfig, ProxiesConfig } from '../../core/config/config.js'
import type { Random } from '../../core/ports/random.js'
import { createCircuit, type Circuit } from './circuit.js'
import { readAnswer } from './platform-answer.js'
import {
  type PlatformCall,
  type PlatformHttpSettings,
  standardSettings,
  Ways,
} from './platform-call.js'
import { PlatformError, PlatformUnreachable, unreachable } from './platform-error.js'
import type { BreakerState, PlatformHealth } from './platform-health.js'

/** From good to bad. */
const STATES: readonly BreakerState[] = ['closed', 'half-open', 'open']

/**
 * Calls the platforms' server APIs, bounded in time, tries and size. Each app and host has a circuit breaker, and a second
 * one for access tokens: the token endpoint can be down while other calls still get answers.
 */
export class PlatformHttp {
  readonly #circuits = new Map<string, Circuit>()
  /** By app and circuit. */
  readonly #states = new Map<string, Map<string, BreakerState>>()
  readonly #settings: PlatformHttpSettings
  readonly #ways: Ways

  constructor(
    private readonly random: Random,
    private readonly health: PlatformHealth,
    settings: Partial<PlatformHttpSettings> = {},
    proxies?: ProxiesConfig,
  ) {
    this.#settings = { ...standardSettings, ...settings }
    this.#ways = new Ways(proxies, this.#settings.connectTimeoutMs)
  }

  /**
   * @returns the answer as the call's schema makes it
   * @throws PlatformError when the platform answers with an errcode
   * @throws PlatformUnreachable when it can't be reached or doesn't answer sensibly
   */
  async call<Schema extends z.ZodType>(call: PlatformCall<Schema>): Promise<z.infer<Schema>> {
    const { app, operation } = call
    const circuit = this.#circuit(call)
    const policy = call.idempotent ? circuit.repeatable : circuit.single
    try {
      // The platform's own errors are results here: it is up, so they close the circuit rather than open it.
      const answer = await policy.execute(({ signal }) => this.#once(call, signal))
      if (answer instanceof PlatformError) throw answer
      this.health.succeeded(app.id, operation)
      return answer
    } catch (error) {
      if (error instanceof PlatformError) {
        error.app = app.id
        this.health.refused(app.id, operation, error.errcode)
        throw error
      }
      const failure = unreachable(operation, error)
      failure.app = app.id
      this.health.unreachable(app.id, operation, failure.reason)
      throw failure
    }
  }

  /** Closes the connections once their requests are answered. */
  async close(): Promise<void> {
    await this.#ways.close()
  }

  async #once<Schema extends z.ZodType>(
    call: PlatformCall<Schema>,
    signal: AbortSignal,
  ): Promise<z.infer<Schema> | PlatformError> {
    const query = new URLSearchParams(call.query).toString()
    const url = `${call.app.apiBase}${call.path}${query && `?${query}`}`
    try {
      const { statusCode, body } = await request(url, {
        method: call.method,
        signal,
        dispatcher: this.#ways.of(call.app),
        headers: { accept: 'application/json', 'user-agent': 'sealcard' },
        ...(call.body && { body: JSON.stringify(call.body) }),
      })
      return readAnswer(call, statusCode, await this.#text(call.operation, body))
    } catch (error) {
      throw unreachable(call.operation, error)
    }
  }

  /** Chunk by chunk: a length header may be absent or wrong. */
  async #text(operation: string, body: AsyncIterable<Uint8Array>): Promise<string> {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of body) {
      size += chunk.length
      if (size > this.#settings.maxAnswerBytes) {
        throw new PlatformUnreachable(operation, 'body', { detail: 'too large' })
      }
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  }

  #circuit({ app, apart = false }: Pick<PlatformCall<z.ZodType>, 'app' | 'apart'>): Circuit {
    const key = `${app.id} ${new URL(app.apiBase).host} ${apart}`
    const known = this.#circuits.get(key)
    if (known) return known
    const circuit = createCircuit(this.#settings, this.random, (state) =>
      this.health.breakerChanged(app.id, this.#worst(app, key, state)),
    )
    this.#circuits.set(key, circuit)
    return circuit
  }

  /** Of all circuits of the app, now that one of them changed. */
  #worst(app: AppConfig, circuit: string, changed: BreakerState): BreakerState {
    const states = this.#states.get(app.id) ?? new Map<string, BreakerState>()
    this.#states.set(app.id, states.set(circuit, changed))
    return STATES.findLast((state) => [...states.values()].includes(state)) ?? changed
  }
}
