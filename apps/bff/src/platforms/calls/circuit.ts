import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  DelegateBackoff,
  handleAll,
  handleWhen,
  type IBreaker,
  type IPolicy,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel'
import { fraction, type Random } from '../../core/ports/random.js'
import type { PlatformHttpSettings } from './platform-call.js'
import { unreachable } from './platform-error.js'
import type { BreakerState } from './platform-health.js'

/** What a try that used up its deadline counts beside the failure that it is. */
const TIMEOUT_EXTRA = 2

/**
 * Opens after so many failures in a row; two timeouts are enough of them. Otherwise one caller at a time would need
 * five deadlines, 15 s, to learn what the first two said.
 */
export class FailureCount implements IBreaker {
  state = 0

  constructor(private readonly enough: number) {}

  success(): void {
    this.state = 0
  }

  /** Called before the `failure` of the same try. */
  timedOut(): void {
    this.state += TIMEOUT_EXTRA
  }

  failure(): boolean {
    return ++this.state >= this.enough
  }
}

/** What protects one app from its platform's bad hours, and the platform from us. */
export interface Circuit {
  /** For what may be asked twice. */
  repeatable: IPolicy
  /** For what may not: tries again only when the request never left. */
  single: IPolicy
}

const states: Record<CircuitState, BreakerState> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
}

/** Each try runs under its own deadline and counts for the breaker; an open breaker ends the tries. */
export const createCircuit = (
  settings: PlatformHttpSettings,
  random: Random,
  onState: (state: BreakerState) => void,
): Circuit => {
  const deadline = timeout(settings.tryTimeoutMs, TimeoutStrategy.Aggressive)
  const failures = new FailureCount(settings.breakerFailures)
  deadline.onTimeout(() => failures.timedOut())
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: settings.breakerOpenMs,
    breaker: failures,
  })
  breaker.onStateChange((state) => onState(states[state]))
  // Jitter of ±50 %: processes that failed together don't come back together.
  const backoff = new DelegateBackoff<{ attempt: number }>(
    ({ attempt }) => settings.backoffMs * 2 ** (attempt - 1) * (0.5 + fraction(random)),
  )
  const options = { maxAttempts: settings.tries - 1, backoff }
  const worthIt = handleWhen((error) => !(error instanceof BrokenCircuitError))
  const neverLeft = handleWhen((error) => unreachable('', error).reason === 'refused')
  return {
    repeatable: wrap(retry(worthIt, options), breaker, deadline),
    single: wrap(retry(neverLeft, options), breaker, deadline),
  }
}
