import { expect, it } from 'vitest'
import { goods } from '../wire/bigcommerce/browser.js'
import { austin, card, optionAt, readyToPay, type Stage } from './stage.js'

/** Refusals as the SDK understands them: by the classes that it makes of our answers. */
export function describeRefusals(stage: Stage): void {
  describeCodeRefusals(stage)
  describeCheckoutRefusals(stage)
  describePaymentRefusals(stage)
}

function describeCodeRefusals(stage: Stage): void {
  it('is told that a coupon does not exist, and goes on', async () => {
    const page = await stage.open()
    const id = await page.addToCart([{ ...goods.brewer, quantity: 1 }])
    await page.call('loadCheckout', id)
    expect(await page.refusal('applyCoupon', 'NOSUCH')).toMatchObject({
      name: 'RequestError',
      type: 'request',
      status: 400,
      errors: [{ code: 'invalid' }],
    })
    const after = await page.call('loadCheckout', id)
    expect(after.checkout).toMatchObject({ coupons: [], cart: { cartAmount: 225 } })
  })

  it('is told that a coupon is no gift certificate, so that it is tried as a coupon', async () => {
    const page = await stage.open()
    await page.call('loadCheckout', await page.addToCart([{ ...goods.brewer, quantity: 1 }]))
    expect(await page.refusal('applyGiftCertificate', 'SAVE20')).toMatchObject({ name: 'RequestError', status: 404 })
  })

  it('is told that password or address is wrong, and stays a guest', async () => {
    const page = await stage.open()
    const id = await page.addToCart([{ ...goods.brewer, quantity: 1 }])
    await page.call('loadCheckout', id)
    const wrong = { email: 'customer@polytill.test', password: 'change124' }
    expect(await page.refusal('signInCustomer', wrong)).toMatchObject({ name: 'RequestError', status: 401 })
    const after = await page.call('loadCheckout', id)
    expect(after.customer).toMatchObject({ isGuest: true, email: '' })
  })
}

function describeCheckoutRefusals(stage: Stage): void {
  it('is told that another shopper’s checkout is not there', async () => {
    const [mine, theirs] = [await stage.open(), await stage.open()]
    const id = await mine.addToCart([{ ...goods.brewer, quantity: 1 }])
    expect(await theirs.refusal('loadCheckout', id)).toMatchObject({ status: 404 })
  })

  it('does not submit a checkout that changed in another window', async () => {
    const page = await stage.open()
    await readyToPay(page, [{ ...goods.brewer, quantity: 1 }])
    await page.addToCart([{ ...goods.mug, quantity: 1 }])
    await page.call('initializePayment', { methodId: 'cod' })
    expect(await page.refusal('submitOrder', { payment: { methodId: 'cod' } })).toMatchObject({
      name: 'CartChangedError',
      type: 'cart_changed',
    })
  })

  it('is told that no shipping option was chosen', async () => {
    const page = await stage.open()
    await page.call('loadCheckout', await page.addToCart([{ ...goods.brewer, quantity: 1 }]))
    await page.call('continueAsGuest', { email: 'ana@example.test' })
    await page.call('updateShippingAddress', austin)
    await page.call('updateBillingAddress', { ...austin, email: 'ana@example.test' })
    await page.call('loadPaymentMethods')
    await page.call('initializePayment', { methodId: 'cod' })
    expect(await page.refusal('submitOrder', { payment: { methodId: 'cod' } })).toMatchObject({
      name: stage.release.missingShipping,
      message: expect.stringContaining('shipping'),
    })
  })

  it('is told that the goods were sold while it was being paid', async () => {
    const [quick, slow] = [await stage.open(), await stage.open()]
    const last = [{ ...goods.lastOne, quantity: 1 }]
    await readyToPay(slow, last)
    await readyToPay(quick, last)
    for (const page of [quick, slow]) await page.call('initializePayment', { methodId: 'cod' })
    const { order } = await quick.call('submitOrder', { payment: { methodId: 'cod' } })
    expect(order).toMatchObject({ isComplete: true })
    expect(await slow.refusal('submitOrder', { payment: { methodId: 'cod' } })).toMatchObject({
      name: 'UnrecoverableError',
      status: 409,
    })
  })
}

function describePaymentRefusals(stage: Stage): void {
  it('is told that a card was declined, and pays by another one', async () => {
    const page = await stage.open()
    const checkout = await readyToPay(page, [{ ...goods.brewer, quantity: 1 }])
    await page.call('initializePayment', { methodId: 'bigpaypay' })
    expect(await page.refusal('submitOrder', { payment: card('4000000000000002') })).toMatchObject({
      name: 'RequestError',
      status: 400,
      errors: [{ code: expect.any(String), message: expect.any(String) }],
    })
    const { order } = await page.call('submitOrder', { payment: card('4111111111111111') })
    expect(order).toMatchObject({ status: 'AWAITING_FULFILLMENT', isComplete: true, orderAmount: checkout.grandTotal })
    expect(await stage.order(order.orderId)).toMatchObject({ status: 'Awaiting Fulfillment' })
  })

  it('is told that a method of payment does not exist', async () => {
    const page = await stage.open()
    await readyToPay(page, [{ ...goods.brewer, quantity: 1 }])
    expect(await page.refusal('loadPaymentMethod', 'paypigeon')).toMatchObject({
      name: 'RequestError',
      status: 404,
    })
  })

  it('is told that an option of shipping is not offered', async () => {
    const page = await stage.open()
    await readyToPay(page, [{ ...goods.brewer, quantity: 1 }])
    const { checkout } = await page.call('loadShippingOptions')
    expect(await page.refusal('selectShippingOption', '0'.repeat(32))).toMatchObject({ name: 'RequestError' })
    const after = await page.call('selectShippingOption', optionAt(checkout.consignments[0], 10))
    expect(after.checkout.shippingCostTotal).toBe(10)
  })
}
