import type { Instant } from '../../core/ids.js'
import type { SandboxAttempt } from './sandbox-attempt.js'
import type { Deliveries } from './sandbox-deliveries.js'
import { reportOf, type SandboxReport } from './sandbox-report.js'
import type { SandboxStore } from './sandbox-store.js'

/** What every part of the test gateway works with. */
export interface SandboxContext {
  readonly store: SandboxStore
  readonly clock: () => Instant
  readonly secret: string
  readonly baseUrl: string
  readonly lateMilliseconds: number
  readonly deliveries: Deliveries
}

/** What the gateway says about an attempt. */
export function tell(context: SandboxContext, attempt: SandboxAttempt): SandboxReport {
  const { pageToken } = attempt
  return reportOf(attempt, pageToken === undefined ? undefined : `${context.baseUrl}/sandbox/pay/${pageToken}`)
}
