import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { counterOf } from '../counter.js'
import { importEntries, importExtraGoods } from '../extra-goods.js'
import { demoKey, fault, filledIn, firstMember, goods, item, wixOver } from '../wix.js'

const location = 'c0ffee00-0009-4a6b-9b61-000000000009'
const another = 'c0ffee00-0009-4a6b-9b61-000000000008'
const service = { quantity: 1, price: '5', itemType: { preset: 'SERVICE' }, productName: { original: 'Advice' } }

describeOnEachDatabase('what carts and checkouts are refused', getServer => {
  const wix = wixOver(getServer)
  const { begin, create } = counterOf(wix)
  beforeAll(() => importExtraGoods(getServer()))

  async function cartOf(auth: string, body: object) {
    const made = await wix.send('POST', '/ecom/v1/carts', { auth, body })
    expect(made.status).toBe(200)
    const path = `/ecom/v1/carts/${made.json.cart.id}`
    return {
      cart: made.json.cart,
      send: (method: string, more: string, sent: object) => wix.send(method, path + more, { auth, body: sent }),
    }
  }

  it('a coupon that is used up, in all and by one customer', async () => {
    const used = await begin({ checkoutInfo: filledIn, couponCode: 'SPENT' })
    const charge = { paymentToken: 'sandbox_approve' }
    expect((await used.send('POST', '/create-order-and-charge', charge)).status).toBe(200)
    const late = await begin()
    expect(fault(await late.send('PATCH', '', { couponCode: 'SPENT' }))).toEqual([428, 'ERROR_COUPON_USAGE_EXCEEDED'])
    const fresh = { lineItems: [item(goods.mug)], couponCode: 'SPENT' }
    expect(fault(await create(await wix.visitor(), fresh))).toEqual([428, 'ERROR_COUPON_USAGE_EXCEEDED'])

    const auth = await wix.member(firstMember)
    const mine = { lineItems: [item(goods.mug, 2)], checkoutInfo: filledIn, couponCode: 'MINE' }
    const made = await create(auth, mine)
    const path = `/ecom/v1/checkouts/${made.json.checkout.id}/create-order-and-charge`
    expect((await wix.send('POST', path, { auth, body: charge })).status).toBe(200)
    expect(fault(await create(auth, mine))).toEqual([428, 'ERROR_COUPON_LIMIT_PER_CUSTOMER_EXCEEDED'])
    expect((await create(await wix.visitor(), mine)).status).toBe(200)
  })

  it('a coupon that was used up meanwhile does not fail a read, and keeps from ordering', async () => {
    await importEntries(getServer(), [
      {
        kind: 'promotion',
        id: 'twice',
        integerId: 920,
        name: 'twice',
        channels: ['us-wix'],
        benefits: [{ kind: 'amount_off_order', amount: { USD: '5.00' } }],
        usageLimit: 1,
        coupons: [{ code: 'RACE', integerId: 920 }],
      },
    ])
    const one = await begin({ checkoutInfo: filledIn, couponCode: 'RACE' })
    const other = await begin({ checkoutInfo: filledIn, couponCode: 'RACE' })
    const charge = { paymentToken: 'sandbox_approve' }
    expect((await one.send('POST', '/create-order-and-charge', charge)).status).toBe(200)
    const { checkout } = (await other.send('GET', '')).json
    expect(checkout.calculationErrors.couponCalculationError.applicationError.code).toBe('ERROR_COUPON_USAGE_EXCEEDED')
    expect(checkout.priceSummary.discount.amount).toBe('0.00')
    expect(fault(await other.send('POST', '/create-order', {}))).toEqual([428, 'CALCULATION_ERROR'])
  })

  it('a gift card that two spend at once: one order, the other is told', async () => {
    const spend = () => begin({ lineItems: [item(goods.mug, 4)], checkoutInfo: filledIn, giftCardCode: 'SECONDCARD' })
    const both = [await spend(), await spend()]
    const answers = await Promise.all(both.map(({ send }) => send('POST', '/create-order', {})))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 428])
    const refused = answers.find(({ status }) => status === 428)
    expect(['CALCULATION_ERROR', 'REDEEM_GIFT_CARD_ERROR']).toContain(refused?.json.details.applicationError.code)
  })

  it('another business location, until the first is taken off', async () => {
    const { send } = await cartOf(await wix.visitor(), {
      lineItems: [item(goods.mug)],
      cartInfo: { businessLocationId: location },
    })
    const taken = [428, 'CART_IS_ALREADY_ASSOCIATED_WITH_DIFFERENT_LOCATION']
    const adding = { lineItems: [item(goods.mug)], businessLocationId: another }
    expect(fault(await send('POST', '/add-to-cart', adding))).toEqual(taken)
    expect(fault(await send('PATCH', '', { cartInfo: { businessLocationId: another } }))).toEqual(taken)
    expect((await send('POST', '/add-to-cart', { ...adding, businessLocationId: location })).status).toBe(200)
    await send('POST', '/remove-business-location', {})
    expect((await send('POST', '/add-to-cart', adding)).json.cart.businessLocationId).toBe(another)
  })

  it('an address of a checkout page that is none, in a cart as in its checkout', async () => {
    const auth = await wix.visitor()
    const { cart, send } = await cartOf(auth, { lineItems: [item(goods.mug)] })
    for (const overrideCheckoutUrl of ['javascript:alert(1)', '//pay.example/x']) {
      const bad = { cartInfo: { overrideCheckoutUrl } }
      const refused = [400, 'cartInfo.overrideCheckoutUrl FORMAT']
      expect(fault(await send('PATCH', '', bad))).toEqual(refused)
      expect(fault(await wix.send('POST', '/ecom/v1/carts', { auth, body: { ...bad, lineItems: [] } }))).toEqual(
        refused,
      )
    }
    const good = { cartInfo: { overrideCheckoutUrl: 'https://pay.example/x' } }
    expect((await send('PATCH', '', good)).status).toBe(200)
    await send('POST', '/create-checkout', { channelType: 'WEB' })
    const read = await wix.send('GET', `/ecom/v1/checkouts/${cart.id}/checkout-url`, { auth })
    expect(read.json).toEqual({ checkoutUrl: 'https://pay.example/x' })
  })

  it('another contact, where the cart is a member’s; a visitor may name one', async () => {
    const cartInfo = { buyerInfo: { contactId: location } }
    const visitors = await cartOf(await wix.visitor(), { lineItems: [item(goods.mug)] })
    expect((await visitors.send('PATCH', '', { cartInfo })).json.cart.buyerInfo.contactId).toBe(location)
    const body = { lineItems: [item(goods.mug)], cartInfo: { buyerInfo: { memberId: firstMember } } }
    const members = await cartOf(demoKey, body)
    expect(fault(await members.send('PATCH', '', { cartInfo }))).toEqual([
      428,
      'CAN_ONLY_UPDATE_CONTACT_ID_FOR_NOT_LOGGED_IN_CUSTOMER',
    ])
  })

  it('memberships for items that none pays for', async () => {
    const selectedMembership = { id: location, appId: another }
    const odd = [428, 'CANT_ADD_SELECTED_MEMBERSHIP_FOR_NON_MEMBERSHIP_ITEM']
    const lineItems = [{ ...item(goods.mug), selectedMembership }]
    expect(fault(await wix.send('POST', '/ecom/v1/carts', { auth: await wix.visitor(), body: { lineItems } }))).toEqual(
      odd,
    )
  })

  it.each([
    [
      'is paid neither in full online nor offline',
      { paymentOption: 'DEPOSIT_ONLINE', depositAmount: '1' },
      'CUSTOM_LINE_ITEM_ONLY_ACCEPTS_PAYMENTS_ONLINE_AND_OFFLINE',
    ],
    [
      'has two kinds of properties',
      { physicalProperties: { shippable: true }, serviceProperties: { numberOfParticipants: 1 } },
      'CUSTOM_LINE_ITEM_MUST_HAVE_EXACTLY_ONE_PROPERTIES_TYPE',
    ],
  ])('a checkout of a cart with a custom item that %s', async (_name, more, code) => {
    const { send } = await cartOf(demoKey, { customLineItems: [{ ...service, ...more }] })
    expect(fault(await send('POST', '/create-checkout', { channelType: 'WEB' }))).toEqual([428, code])
    const good = await cartOf(demoKey, { customLineItems: [service] })
    expect((await good.send('POST', '/create-checkout', { channelType: 'WEB' })).status).toBe(200)
  })

  it.each([
    [{ physicalProperties: { weight: 'heavy' } }, 'physicalProperties.weight FORMAT'],
    [{ priceDescription: 'from' }, 'priceDescription FORMAT'],
    [{ url: 'https://shop.example/x' }, 'url FORMAT'],
    [{ media: 'x.jpg' }, 'media FORMAT'],
    [{ serviceProperties: { numberOfParticipants: 0 } }, 'serviceProperties.numberOfParticipants MIN'],
    [{ taxableAddress: { addressType: 'MOON' } }, 'taxableAddress.addressType INVALID_ENUM_VALUE'],
  ])('a custom item that would be shown in a form that no client reads: %j', async (more, violation) => {
    const body = { customLineItems: [{ ...service, ...more }] }
    const answer = await wix.send('POST', '/ecom/v1/carts', { auth: demoKey, body })
    expect(fault(answer)).toEqual([400, `customLineItems[0].${violation}`])
  })

  // The last ones: they change the site for good.
  describe('by the site', () => {
    const site = {
      kind: 'channel',
      id: 'us-wix',
      name: 'Site',
      currency: 'USD',
      locale: 'en-US',
      countries: ['US'],
      defaultCountry: 'US',
      priceMode: 'net',
      policy: 'netPerLineStacked',
      orderNumbers: { kind: 'counting', first: 10_001 },
      storesAnonymousAddresses: false,
      settings: { wix: { siteId: 'c0ffee00-0002-4a6b-9b61-000000000002' } },
    }

    /** Takes ways to pay away; the import that follows makes the server look again. */
    async function keepPaymentMethods(...kept: readonly string[]): Promise<void> {
      const { sql } = getServer().storage
      await sql.query(`delete from payment_methods where channel = 'us-wix' and not id = any($1)`, [kept])
      await importEntries(getServer(), [site])
    }

    it('whose rules a checkout breaks: a violation of the severity ERROR, on the checkout and at the order', async () => {
      const message = 'An order is worth at most 100.00.'
      const thresholds = [{ kind: 'hard_maximum', currency: 'USD', amount: '100.00', message }]
      await importEntries(getServer(), [{ ...site, thresholds }])
      const { checkout, send } = await begin({ checkoutInfo: filledIn })
      const violations = [{ severity: 'ERROR', target: { other: { name: 'OTHER_DEFAULT' } }, description: message }]
      expect(checkout.violations).toEqual(violations)
      const refused = await send('POST', '/create-order', {})
      expect(fault(refused)).toEqual([428, 'VIOLATIONS_WITH_ERROR_SEVERITY'])
      expect(refused.json.details.applicationError.data).toEqual({ violations })
      await importEntries(getServer(), [{ ...site, thresholds: [] }])
      expect((await send('POST', '/create-order', {})).status).toBe(200)
    })

    it('that takes no promises: what is paid later has nobody to take it', async () => {
      await keepPaymentMethods('creditCard')
      const offline = { ...service, paymentOption: 'FULL_PAYMENT_OFFLINE' }
      const made = await create(demoKey, { customLineItems: [offline], checkoutInfo: filledIn })
      const path = `/ecom/v1/checkouts/${made.json.checkout.id}/create-order`
      expect(fault(await wix.send('POST', path, { auth: demoKey, body: {} }))).toEqual([
        428,
        'PAYMENT_PROVIDER_IS_NOT_AVAILABLE_ON_SITE',
      ])
    })

    it('that accepts no payments: no checkout, and no order of one that was there', async () => {
      const before = await begin({ checkoutInfo: filledIn })
      const auth = await wix.visitor()
      const { send } = await cartOf(auth, { lineItems: [item(goods.mug)] })
      await keepPaymentMethods()
      expect(fault(await create(auth, { lineItems: [item(goods.mug)] }))).toEqual([428, 'SITE_MUST_ACCEPT_PAYMENTS'])
      expect(fault(await send('POST', '/create-checkout', { channelType: 'WEB' }))).toEqual([
        428,
        'SITE_MUST_ACCEPT_PAYMENTS_TO_CREATE_CHECKOUT',
      ])
      expect(fault(await before.send('POST', '/create-order', {}))).toEqual([428, 'SITE_NOT_ACCEPTING_PAYMENTS'])
    })
  })
})
