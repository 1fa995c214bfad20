import { createHmac, timingSafeEqual } from 'node:crypto'
import type { OrderId } from '../../core/ids.js'

/** Name of the secret that signs what lets a shopper without an account read an order. */
export const orderSecretName = 'vtex_order_access'

/** An order's id without hyphens, and its signature; neither `=` nor anything that a cookie would quote. */
const token = /[0-9a-f]{32}[A-Za-z0-9_-]{43}/g

/** The right to see and finish one order, for as long as the order exists. */
export function writeOrderToken(orderId: OrderId, secret: string): string {
  return `${orderId.replaceAll('-', '')}${signatureOf(orderId, secret)}`
}

/**
 * Orders whose token stands anywhere in a request's cookies: clients put it under either name, with or without the other
 * one's prefix, and some add a `=`. Source: dialects/vtex.md 2.2.
 */
export function readOrderTokens(cookies: string, secret: string): readonly OrderId[] {
  const found = [...cookies.matchAll(token)].flatMap(([text]) => {
    const orderId = withHyphens(text.slice(0, 32))
    return isSame(text.slice(32), signatureOf(orderId, secret)) ? [orderId] : []
  })
  return [...new Set(found)]
}

/** A transaction is its order's id in another form: 32 upper-case hexadecimal digits. */
export function transactionIdOf(orderId: OrderId): string {
  return orderId.replaceAll('-', '').toUpperCase()
}

/** @returns undefined for what no transaction is called */
export function orderIdOfTransaction(transactionId: string): OrderId | undefined {
  return /^[0-9a-f]{32}$/i.test(transactionId) ? withHyphens(transactionId.toLowerCase()) : undefined
}

function withHyphens(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function signatureOf(orderId: OrderId, secret: string): string {
  return createHmac('sha256', secret).update(orderId).digest('base64url')
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
