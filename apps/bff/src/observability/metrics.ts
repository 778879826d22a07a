import { Injectable } from '@nestjs/common'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { PlatformHealth } from '../platforms/calls/platform-health.js'

/** Seconds. OpenTelemetry's semantic conventions 1.45, `http.server.request.duration`: with others' dashboards they add up. */
const HTTP_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

/** The same, `http.request.method`: any other is `_OTHER`. */
const METHODS: ReadonlySet<string> = new Set(
  'CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT TRACE'.split(' '),
)

/** What Prometheus scrapes. Labels come from closed sets: route patterns, status codes, reasons, configured apps. */
@Injectable()
export class Metrics {
  readonly #registry = new Registry()

  /** `error_type` is the status of a failure of ours. A refusal has none: its cause is in no metric. */
  readonly #requests = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Time from the request to its answer',
    labelNames: [
      'http_request_method',
      'http_route',
      'http_response_status_code',
      'error_type',
    ] as const,
    buckets: HTTP_BUCKETS,
    registers: [this.#registry],
  })

  /** The former name. It leaves one version after the first release that has both. */
  readonly #requestsBefore = new Histogram({
    name: 'sealcard_http_request_duration_seconds',
    help: 'Deprecated, the next version has it no more: read http_server_request_duration_seconds',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.#registry],
  })

  readonly #decisions = new Counter({
    name: 'sealcard_decisions_total',
    help: 'Openings decided, by outcome and, where the client is told it, reason',
    labelNames: ['outcome', 'reason'] as const,
    registers: [this.#registry],
  })

  readonly #erased = new Counter({
    name: 'sealcard_retention_rows_total',
    help: 'Rows erased or emptied because they had served their purpose',
    labelNames: ['rule'] as const,
    registers: [this.#registry],
  })

  readonly #retentionDone = new Gauge({
    name: 'sealcard_retention_last_success_timestamp_seconds',
    help: 'When retention last ran to its end; 0 before the first time',
    registers: [this.#registry],
  })

  readonly #platformCalls = new Counter({
    name: 'sealcard_platform_calls_total',
    help: 'Calls of the platforms, their tries taken together, by operation and outcome',
    labelNames: ['operation', 'outcome'] as const,
    registers: [this.#registry],
  })

  /** One of each of a few hundred: to find it by three labels costs more than to count. */
  readonly #durations = new Map<string, readonly Pick<Histogram.Internal<string>, 'observe'>[]>()

  constructor(private readonly health: PlatformHealth) {
    health.onCall((operation, outcome) => this.#platformCalls.inc({ operation, outcome }))
    this.#platformGauge(
      'sealcard_platform_breaker_open',
      '1 while calls are not even tried',
      (app) => (app.breaker === 'open' ? 1 : 0),
    )
    this.#platformGauge(
      'sealcard_platform_token_expires_timestamp_seconds',
      'When the access token ends; 0 before the first',
      (app) => (app.tokenExpiresAt ?? 0) / 1000,
    )
    this.#platformGauge(
      'sealcard_platform_last_success_timestamp_seconds',
      'When the platform last answered well; 0 before the first time',
      (app) => (app.lastSuccessAt ?? 0) / 1000,
    )
  }

  /** Adds what concerns the whole process: memory, processor, event loop, collections. Call it once in a process. */
  ofProcess(version: string): void {
    collectDefaultMetrics({ register: this.#registry })
    new Gauge({
      name: 'sealcard_build_info',
      help: 'Always 1; the labels say which version runs',
      labelNames: ['version'],
      registers: [this.#registry],
    }).set({ version }, 1)
  }

  /** @param ms how long the answer took */
  answered(method: string, route: string, status: number, ms: number): void {
    const name = `${status} ${method} ${route}`
    let durations = this.#durations.get(name)
    if (!durations) {
      durations = [
        this.#requests.labels({
          http_request_method: METHODS.has(method) ? method : '_OTHER',
          http_route: route,
          http_response_status_code: status,
          error_type: status < 500 ? '' : String(status),
        }),
        this.#requestsBefore.labels({ method, route, status }),
      ]
      this.#durations.set(name, durations)
    }
    for (const duration of durations) duration.observe(ms / 1000)
  }

  /** @param reason empty where the client does not learn it */
  decided(outcome: string, reason: string): void {
    this.#decisions.inc({ outcome, reason })
  }

  erased(rule: string, rows: number): void {
    this.#erased.inc({ rule }, rows)
  }

  /** @param now milliseconds UTC */
  retentionDone(now: number): void {
    this.#retentionDone.set(now / 1000)
  }

  /** A counter for one part of the service. @param labelNames their values come from closed sets */
  counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] })
  }

  /** A histogram of a capability. @param buckets upper bounds, smallest first */
  histogram(name: string, help: string, buckets: readonly number[]): Histogram {
    return new Histogram({ name, help, buckets: [...buckets], registers: [this.#registry] })
  }

  /** A gauge for one part of the service. @param labelNames their values come from closed sets @param read runs at each scrape */
  gauge<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    read: (set: (labels: Record<L, string>, value: number) => void) => void,
  ): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        read((labels, value) => this.set(labels, value))
      },
    })
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  text(): Promise<string> {
    return this.#registry.metrics()
  }

  #platformGauge(
    name: string,
    help: string,
    of: (app: ReturnType<PlatformHealth['snapshot']>[number]) => number,
  ): void {
    this.gauge(name, help, ['app'], (set) => {
      for (const app of this.health.snapshot()) set({ app: app.app }, of(app))
    })
  }
}
