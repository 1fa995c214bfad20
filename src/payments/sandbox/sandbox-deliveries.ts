import { setTimeout as sleep } from 'node:timers/promises'
import type { Instant } from '../../core/ids.js'
import { signDelivery } from './proof.js'
import type { SandboxReport } from './sandbox-report.js'

/** Brings a notification to the merchant. `false` or a rejection means that it was not taken: it comes again. */
export type Notify = (headers: Readonly<Record<string, string>>, body: string) => Promise<unknown>

export interface DeliveryOptions {
  readonly secret: string
  readonly clock: () => Instant
  readonly notify: Notify
  /** Waits before the second, third, ... try of a delivery that did not arrive. */
  readonly retryMilliseconds: readonly number[]
}

/** The gateway's notifications, sent on the side. */
export interface Deliveries {
  /** Sends one notification `copies` times at once, after a wait. Never rejects; resolves when all is done or given up. */
  send(report: SandboxReport, copies: number, delayMilliseconds: number): Promise<void>
  /** Waits without keeping the process alive; false when the gateway was closed meanwhile. */
  wait(milliseconds: number): Promise<boolean>
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>
  /** Gives up everything that waits. */
  close(): void
}

/** Notifications by `notify`, signed at the moment when they are sent. */
export function createDeliveries(options: DeliveryOptions): Deliveries {
  const closing = new AbortController()
  const underWay = new Set<Promise<void>>()

  const wait = (milliseconds: number): Promise<boolean> =>
    sleep(milliseconds, true, { signal: closing.signal, ref: false }).catch(() => false)

  async function deliver(report: SandboxReport): Promise<void> {
    const id = `msg_${report.reference}_${report.outcome}`
    const body = JSON.stringify({ type: 'attempt.updated', data: report })
    for (const delay of [0, ...options.retryMilliseconds]) {
      if (delay > 0 && !(await wait(delay))) return
      const sentAtSeconds = Math.floor(Date.parse(options.clock()) / 1000)
      const headers = signDelivery(options.secret, id, sentAtSeconds, body)
      const arrived = await options.notify(headers, body).then(
        answer => answer !== false,
        () => false,
      )
      if (arrived) return
    }
  }

  async function send(report: SandboxReport, copies: number, delayMilliseconds: number): Promise<void> {
    if (delayMilliseconds > 0 && !(await wait(delayMilliseconds))) return
    await Promise.all(Array.from({ length: copies }, () => deliver(report)))
  }

  return {
    send(report, copies, delayMilliseconds) {
      const sending: Promise<void> = send(report, copies, delayMilliseconds).finally(() => underWay.delete(sending))
      underWay.add(sending)
      return sending
    },
    wait,
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
    close: () => closing.abort(),
  }
}
