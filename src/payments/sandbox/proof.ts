import { createHmac, timingSafeEqual } from 'node:crypto'

/** What the shopper chose on the gateway's page. */
export type Decision = 'approved' | 'declined' | 'canceled'

const decisions: readonly Decision[] = ['approved', 'declined', 'canceled']

/** Seconds that a notification may be old or early by the receiver's clock. */
const toleranceSeconds = 300

function mac(secret: string, purpose: string, ...parts: readonly string[]): string {
  // Lengths go in, so that no two lists of parts read the same.
  const message = [purpose, ...parts].map(part => `${part.length}:${part}`).join('')
  return createHmac('sha256', secret).update(message).digest('base64url')
}

function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** The gateway's own name of an attempt; the same for the same key. */
export function referenceOf(secret: string, idempotencyKey: string): string {
  return `sbx_${mac(secret, 'reference', idempotencyKey).replace(/[-_]/g, '0').slice(0, 24)}`
}

/** Address part of the page of an attempt: a secret that only who is sent there knows. */
export function pageTokenOf(secret: string, idempotencyKey: string): string {
  return mac(secret, 'page', idempotencyKey)
}

/** Proof that the shopper came back from the page with this decision. */
export function decisionHash(secret: string, idempotencyKey: string, decision: Decision): string {
  return mac(secret, 'decision', idempotencyKey, decision)
}

/** Which decision a hash proves; undefined when it proves none. */
export function readDecisionHash(secret: string, idempotencyKey: string, hash: string): Decision | undefined {
  return decisions.find(decision => isSame(hash, decisionHash(secret, idempotencyKey, decision)))
}

function deliverySignature(secret: string, id: string, timestamp: string, body: string): string {
  return `v1,${mac(secret, 'delivery', id, timestamp, body)}`
}

/**
 * Headers of one delivery: names as in Standard Webhooks.
 *
 * @param sentAtSeconds  Unix time
 */
export function signDelivery(
  secret: string,
  id: string,
  sentAtSeconds: number,
  body: string,
): Readonly<Record<string, string>> {
  const timestamp = String(sentAtSeconds)
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': deliverySignature(secret, id, timestamp, body),
  }
}

/** Whether the headers were made by `signDelivery` for this body, lately. */
export function isGenuineDelivery(
  secret: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  nowSeconds: number,
): boolean {
  const id = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(nowSeconds - Number(timestamp)) > toleranceSeconds) return false
  return isSame(headers['webhook-signature'] ?? '', deliverySignature(secret, id, timestamp, body))
}
