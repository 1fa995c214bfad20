import { describe, expect, it } from 'vitest'
import { describeInChromium } from '../support/chromium.js'
import type { TestAnswer } from '../support/test-server.js'
import { goods } from '../wire/bigcommerce/browser.js'
import { describeRefusals } from './refusals.js'
import { releases } from './sdk-page.js'
import { austin, card, newYork, optionAt, readyToPay, type Stage, useStage } from './stage.js'

/**
 * The platform's own Checkout SDK, unchanged, on a page of ours in a real browser: it decides which requests it sends
 * and what it makes of the answers. Source: dialects/bigcommerce.md 3.7, 6.1 to 6.4.
 */
describeInChromium('the Checkout SDK in Chromium', browser => {
  describe.each(releases)('$version', release => {
    const stage = useStage(release, browser)
    describeGuests(stage)
    describeCustomers(stage)
    describeRefusals(stage)
    describe('with a gift certificate that nobody used', () => describeCovered(useStage(release, browser)))
  })
})

function describeGuests(stage: Stage): void {
  it('takes a guest from a cart to an order on delivery, with a coupon and a gift certificate', async () => {
    const page = await stage.open()
    const id = await page.addToCart([
      { ...goods.brewer, quantity: 1 },
      { ...goods.coffeemaker, quantity: 1 },
    ])
    const loaded = await page.call('loadCheckout', id)
    expect(loaded.checkout).toMatchObject({ id, subtotal: 274.5, cart: { cartAmount: 274.5 } })
    await page.call('loadShippingCountries')
    await page.call('loadBillingCountries')
    await page.call('loadShippingAddressFields')
    await page.call('loadBillingAddressFields')

    const known = await page.call('continueAsGuest', { email: 'ana@example.test' })
    expect(known.checkout).toMatchObject({ taxTotal: 27.45, grandTotal: 301.95 })
    const sent = await page.call('updateShippingAddress', austin)
    expect(sent.checkout).toMatchObject({ taxTotal: 22.65, grandTotal: 297.15, cart: { email: 'ana@example.test' } })
    const offered = await page.call('loadShippingOptions')
    const [consignment] = offered.checkout.consignments
    expect(consignment.availableShippingOptions).toMatchObject([{ cost: 8 }, { cost: 10 }])

    const chosen = await page.call('selectShippingOption', optionAt(consignment, 8))
    expect(chosen.checkout).toMatchObject({ shippingCostTotal: 8, taxTotal: 23.31, grandTotal: 305.81 })
    const billed = await page.call('updateBillingAddress', { ...austin, email: 'ana@example.test' })
    expect(billed.checkout.billingAddress).toMatchObject({
      city: 'Austin',
      email: 'ana@example.test',
      countryCode: 'US',
    })
    await page.call('updateCheckout', { customerMessage: 'Ring twice' })

    const reduced = await page.call('applyCoupon', 'SAVE20')
    // 274.50 less 20 % is 219.60; with 8 for shipping, at 8.25 %
    expect(reduced.checkout).toMatchObject({ taxTotal: 18.78, grandTotal: 246.38, outstandingBalance: 246.38 })
    expect(reduced.checkout.coupons).toMatchObject([{ code: 'SAVE20', discountedAmount: 54.9 }])
    const tendered = await page.call('applyGiftCertificate', 'GIFT50DEMO')
    expect(tendered.checkout).toMatchObject({ grandTotal: 246.38, outstandingBalance: 196.38 })
    expect(tendered.checkout.giftCertificates).toMatchObject([{ code: 'GIFT50DEMO', used: 50, remaining: 0 }])

    await page.call('removeGiftCertificate', 'GIFT50DEMO')
    const whole = await page.call('removeCoupon', 'SAVE20')
    expect(whole.checkout).toMatchObject({ outstandingBalance: 305.81, coupons: [], giftCertificates: [] })
    await page.call('applyGiftCertificate', 'GIFT50DEMO')
    await page.call('applyCoupon', 'SAVE20')

    const { methods } = await page.call('loadPaymentMethods')
    const ids = methods.map((method: { readonly id: string }) => method.id)
    expect(ids).toEqual(expect.arrayContaining(['cod', 'bigpaypay']))
    await page.call('initializePayment', { methodId: 'cod' })
    const { order } = await page.call('submitOrder', { payment: { methodId: 'cod' } })
    expect(order).toMatchObject({
      cartId: id,
      status: 'AWAITING_PAYMENT',
      isComplete: true,
      orderAmount: 246.38,
      customerMessage: 'Ring twice',
    })
    expect(await stage.order(order.orderId)).toMatchObject({
      status: 'Awaiting Payment',
      total_inc_tax: '246.3800',
      subtotal_ex_tax: '274.5000',
      total_tax: '18.7800',
      coupon_discount: '54.9000',
      gift_certificate_amount: '50.0000',
      payment_method: 'Cash on Delivery',
      cart_id: id,
      items_total: 2,
      billing_address: { email: 'ana@example.test', city: 'Austin' },
    })
    expect(stage.refused()).toEqual([])
  })

  it('sends goods to two places, pays by card, and shows the order on a page of its own', async () => {
    const page = await stage.open()
    const id = await page.addToCart([
      { ...goods.brewer, quantity: 1 },
      { ...goods.coffeemaker, quantity: 1 },
      { ...goods.journal, quantity: 1 },
    ])
    await page.call('loadCheckout', id)
    const known = await page.call('continueAsGuest', { email: 'ana@example.test' })
    const [brewer, coffeemaker] = known.checkout.cart.lineItems.physicalItems
    const sent = await page.call('createConsignments', [
      { address: austin, lineItems: [{ itemId: brewer.id, quantity: 1 }] },
      { address: newYork, lineItems: [{ itemId: coffeemaker.id, quantity: 1 }] },
    ])
    expect(sent.checkout.consignments.map((each: { lineItemIds: readonly string[] }) => each.lineItemIds)).toEqual([
      [brewer.id],
      [coffeemaker.id],
    ])
    const [first, second] = sent.checkout.consignments
    await page.call('selectConsignmentShippingOption', first.id, optionAt(first, 8))
    await page.call('selectConsignmentShippingOption', second.id, optionAt(second, 10))
    const billed = await page.call('updateBillingAddress', { ...austin, email: 'ana@example.test' })
    // In Texas 225 and 8 for shipping at 8.25 %, and the journal, which goes nowhere, where the bill goes
    expect(billed.checkout).toMatchObject({
      subtotal: 293.45,
      shippingCostTotal: 18,
      taxTotal: 20.79,
      grandTotal: 332.24,
    })

    await page.call('loadPaymentMethods')
    await page.call('initializePayment', { methodId: 'bigpaypay' })
    const { order } = await page.call('submitOrder', { payment: card('4111111111111111') })
    expect(order).toMatchObject({ status: 'AWAITING_FULFILLMENT', isComplete: true, orderAmount: 332.24 })
    expect(await stage.order(order.orderId)).toMatchObject({
      status: 'Awaiting Fulfillment',
      total_inc_tax: '332.2400',
      payment_status: 'captured',
      shipping_address_count: 2,
      items_total: 3,
    })

    await page.reload()
    const confirmed = await page.call('loadOrder', order.orderId)
    expect(confirmed.order).toMatchObject({ orderId: order.orderId, orderAmount: 332.24, hasDigitalItems: true })
    expect(confirmed.order.consignments.shipping).toMatchObject([{ city: 'Austin' }, { city: 'New York' }])
    expect(stage.refused()).toEqual([])
  })

  it('divides one line over two places, by assigning pieces', async () => {
    const page = await stage.open()
    const id = await page.addToCart([{ ...goods.brewer, quantity: 3 }])
    const loaded = await page.call('loadCheckout', id)
    const [line] = loaded.checkout.cart.lineItems.physicalItems
    const all = [{ itemId: line.id, quantity: 3 }]
    const one = [{ itemId: line.id, quantity: 1 }]
    // The older release reads the older name.
    await page.call('assignItemsToAddress', { address: austin, shippingAddress: austin, lineItems: all })
    const moved = await page.call('assignItemsToAddress', {
      address: newYork,
      shippingAddress: newYork,
      lineItems: one,
    })
    expect(quantities(moved.checkout)).toEqual([
      ['Austin', 2],
      ['New York', 1],
    ])
  })
}

function describeCovered(stage: Stage): void {
  it('asks for no payment where a gift certificate covers everything', async () => {
    const page = await stage.open()
    const checkout = await readyToPay(page, [{ ...goods.mug, quantity: 1 }])
    const covered = await page.call('applyGiftCertificate', 'GIFT50DEMO')
    expect(covered.checkout).toMatchObject({ grandTotal: checkout.grandTotal, outstandingBalance: 0 })
    const { order } = await page.call('submitOrder', {})
    expect(order).toMatchObject({ status: 'AWAITING_FULFILLMENT', isComplete: true, orderAmount: checkout.grandTotal })
    expect(await stage.order(order.orderId)).toMatchObject({ status: 'Awaiting Fulfillment' })
    expect(stage.refused()).toEqual([])
  })
}

function describeCustomers(stage: Stage): void {
  const ada = { email: 'customer@polytill.test', password: 'change123' }

  it('signs a customer in on the way, who pays by card from the address book', async () => {
    const page = await stage.open()
    const id = await page.addToCart([{ ...goods.tee, quantity: 2 }])
    const loaded = await page.call('loadCheckout', id)
    expect(loaded.customer).toMatchObject({ isGuest: true })
    const known = await page.call('signInCustomer', ada)
    expect(known.customer).toMatchObject({ isGuest: false, email: ada.email })
    expect(known.checkout).toMatchObject({ id, cart: { customerId: known.customer.id, cartAmount: 80 } })
    const home = known.customer.addresses.find((each: { readonly countryCode: string }) => each.countryCode === 'US')
    const sent = await page.call('updateShippingAddress', home)
    await page.call('selectShippingOption', optionAt(sent.checkout.consignments[0], 10))
    await page.call('updateBillingAddress', home)
    await page.call('loadPaymentMethods')
    await page.call('initializePayment', { methodId: 'bigpaypay' })
    const { order } = await page.call('submitOrder', { payment: card('4111111111111111') })
    expect(order).toMatchObject({ status: 'AWAITING_FULFILLMENT', customerId: known.customer.id, cartId: id })
    expect(await stage.order(order.orderId)).toMatchObject({
      customer_id: known.customer.id,
      total_inc_tax: order.orderAmount.toFixed(4),
      billing_address: { email: ada.email, country_iso2: 'US' },
    })
    expect(stage.refused()).toEqual([])
  })

  it('signs a customer out, to whom the cart stays without what is theirs', async () => {
    const page = await stage.open()
    const id = await page.addToCart([{ ...goods.tee, quantity: 1 }])
    await page.call('loadCheckout', id)
    await page.call('signInCustomer', ada)
    const left = await page.call('signOutCustomer')
    expect(left.customer).toMatchObject({ isGuest: true, email: '', addresses: [] })
    expect(left.checkout).toMatchObject({ id, cart: { customerId: 0, cartAmount: 40 } })
    expect(stage.refused()).toEqual([])
  })

  it('opens an account on the way, which may sign in elsewhere', async () => {
    const account = { firstName: 'Ada', lastName: 'Tester', email: 'sdk@polytill.test', password: 'change123' }
    const page = await stage.open()
    await page.call('loadCheckout', await page.addToCart([{ ...goods.tee, quantity: 1 }]))
    const known = await page.call('createCustomerAccount', account)
    expect(known.customer).toMatchObject({ isGuest: false, email: account.email, fullName: 'Ada Tester' })
    const elsewhere = await stage.open()
    await elsewhere.call('loadCheckout', await elsewhere.addToCart([{ ...goods.mug, quantity: 1 }]))
    const again = await elsewhere.call('signInCustomer', { email: account.email, password: account.password })
    expect(again.customer).toMatchObject({ id: known.customer.id })
    // The goods of both windows are in one cart now.
    expect(again.checkout.cart.cartAmount).toBe(52.5)
    expect(stage.refused()).toEqual([])
  })
}

/** How many of which go where. */
function quantities(checkout: TestAnswer['json']): readonly (readonly [string, number])[] {
  const lines: readonly { readonly id: string; readonly quantity: number }[] = checkout.cart.lineItems.physicalItems
  const sent: readonly { readonly address: { readonly city: string }; readonly lineItemIds: readonly string[] }[] =
    checkout.consignments
  return sent.map(({ address, lineItemIds }) => [
    address.city,
    lines.filter(line => lineItemIds.includes(line.id)).reduce((sum, line) => sum + line.quantity, 0),
  ])
}
