import type { Route, WireResponse } from '../dialects/dialect.js'

/** One thing that must hold before this process may get traffic. */
export interface ReadinessCheck {
  readonly name: string
  readonly isOk: boolean
  readonly detail?: string
}

/** What the probes and the metrics page read. */
export interface ProbeSources {
  /** Storage answers, migrations are applied. */
  readonly readiness: () => Promise<readonly ReadinessCheck[]>
  /** Prometheus text. */
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>
  /** True from the moment when shutdown began: a balancer shall look elsewhere. */
  readonly isClosing: () => boolean
}

/**
 * `GET /health/live` 200 while the process runs; `GET /health/ready` 200 or 503 with each check; `GET /metrics`
 * Prometheus text.
 */
export function probeRoutes(sources: ProbeSources): readonly Route[] {
  const route = (path: string, answer: () => Promise<WireResponse>): Route => ({
    surface: 'probes',
    method: 'GET',
    path,
    handler: answer,
    operation: 'none',
    coverage: 'full',
    source: 'ours',
  })
  return [
    route('/health/live', async () => json(200, { status: 'live' })),
    route('/health/ready', () => ready(sources)),
    route('/metrics', async () => {
      const { contentType, text } = await sources.metrics()
      return { status: 200, headers: { 'content-type': contentType, 'cache-control': 'no-store' }, body: text }
    }),
  ]
}

async function ready(sources: ProbeSources): Promise<WireResponse> {
  if (sources.isClosing()) return json(503, { status: 'closing', checks: [] })
  const checks = await sources.readiness()
  const isReady = checks.every(check => check.isOk)
  return json(isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', checks })
}

function json(status: number, value: unknown): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  }
}
