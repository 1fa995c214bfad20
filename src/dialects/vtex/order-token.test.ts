import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { orderIdOfTransaction, readOrderTokens, transactionIdOf, writeOrderToken } from './order-token.js'

const secret = 'a secret of this store'
const orderId = randomUUID()
const token = writeOrderToken(orderId, secret)

describe('the token of an order', () => {
  it('can stand in a cookie and in an address as it is', () => {
    expect(token).toMatch(/^[A-Za-z0-9_-]{75}$/)
  })

  it.each([
    `CheckoutDataAccess=VTEX_CHK_Order_Auth=${token}`,
    `Vtex_CHKO_Auth=${token}`,
    `a=b; Vtex_CHKO_Auth=${token}=; c=d`,
    `CheckoutDataAccess=${token}==`,
    `checkout.vtex.com=__ofid=${'0'.repeat(32)}; CheckoutDataAccess=VTEX_CHK_Order_Auth%3D${token}`.replace('%3D', '='),
  ])('is found in %s', cookies => {
    expect(readOrderTokens(cookies, secret)).toEqual([orderId])
  })

  it('opens nothing when it is changed, cut or of another store', () => {
    const last = token.endsWith('A') ? 'B' : 'A'
    expect(readOrderTokens(`Vtex_CHKO_Auth=${token.slice(0, -1)}${last}`, secret)).toEqual([])
    expect(readOrderTokens(`Vtex_CHKO_Auth=${token.slice(0, -1)}`, secret)).toEqual([])
    expect(readOrderTokens(`Vtex_CHKO_Auth=${token}`, 'another secret')).toEqual([])
    const other = writeOrderToken(randomUUID(), secret)
    expect(readOrderTokens(`Vtex_CHKO_Auth=${token.slice(0, 32)}${other.slice(32)}`, secret)).toEqual([])
    expect(readOrderTokens('', secret)).toEqual([])
  })

  it('of two orders, both are found, each once', () => {
    const other = randomUUID()
    const cookies = `Vtex_CHKO_Auth=${token}; CheckoutDataAccess=VTEX_CHK_Order_Auth=${writeOrderToken(other, secret)}; x=${token}`
    expect(readOrderTokens(cookies, secret)).toEqual([orderId, other])
  })
})

describe('a transaction', () => {
  it('is its order in another form, both ways', () => {
    expect(transactionIdOf(orderId)).toMatch(/^[0-9A-F]{32}$/)
    expect(orderIdOfTransaction(transactionIdOf(orderId))).toBe(orderId)
    expect(orderIdOfTransaction(transactionIdOf(orderId).toLowerCase())).toBe(orderId)
  })

  it.each(['', 'x', 'NO-PAYMENT', '0'.repeat(31), 'g'.repeat(32)])('is never called %j', text => {
    expect(orderIdOfTransaction(text)).toBeUndefined()
  })
})
