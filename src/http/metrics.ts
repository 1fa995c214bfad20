import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { metricsOfAll } from './shared-metrics.js'

/** What `http` counts; the registry is open to others (`main.ts` hands it on). */
export interface Metrics {
  readonly registry: Registry
  observe(request: RequestFacts): void
  /** Requests being answered right now. */
  begin(): void
  end(): void
  render(): Promise<{ readonly contentType: string; readonly text: string }>
}

export interface RequestFacts {
  readonly dialect: string
  /** The route's pattern, never the path: few values, and no secret of a shopper. */
  readonly route: string
  readonly method: string
  readonly status: number
  readonly seconds: number
}

/** Bounds of the histogram's buckets, seconds. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** A registry of its own for each server, so that two servers in one process do not share counts. */
export function createMetrics(options: { readonly withProcess: boolean }): Metrics {
  const registry = new Registry()
  if (options.withProcess) collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'polytill_http_request_seconds',
    help: 'Time from the first byte of a request to its answer',
    labelNames: ['dialect', 'route', 'method', 'status'],
    buckets,
    registers: [registry],
  })
  const open = new Gauge({
    name: 'polytill_http_requests_open',
    help: 'Requests that are being answered',
    registers: [registry],
  })
  const ofAll = options.withProcess ? metricsOfAll(registry) : undefined
  const text = ofAll ?? (() => registry.metrics())
  return {
    registry,
    observe: ({ dialect, route, method, status, seconds: taken }) =>
      seconds.observe({ dialect, route, method, status: String(status) }, taken),
    begin: () => open.inc(),
    end: () => open.dec(),
    render: async () => ({ contentType: registry.contentType, text: await text() }),
  }
}
