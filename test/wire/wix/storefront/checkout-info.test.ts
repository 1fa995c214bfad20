import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { counterOf } from '../counter.js'
import { importExtraGoods } from '../extra-goods.js'
import { fault, filledIn, goods, item, newYork, wixOver } from '../wix.js'

describeOnEachDatabase('codes and addresses of checkouts', getServer => {
  const wix = wixOver(getServer)
  const { begin, create } = counterOf(wix)
  beforeAll(() => importExtraGoods(getServer()))

  describe('codes', () => {
    it.each([
      ['NOBODY', 404, 'ERROR_COUPON_DOES_NOT_EXIST'],
      ['HIDDEN', 404, 'ERROR_COUPON_DOES_NOT_EXIST'],
      ['LATE', 428, 'ERROR_COUPON_HAS_EXPIRED'],
      ['EARLY', 428, 'ERROR_COUPON_IS_NOT_ACTIVE_YET'],
    ])('the coupon %s: %s %s, at creation and later', async (couponCode, status, code) => {
      const answer = await create(await wix.visitor(), { lineItems: [item(goods.mug)], couponCode })
      expect(fault(answer)).toEqual([status, code])
      const { send } = await begin()
      expect(fault(await send('PATCH', '', { couponCode }))).toEqual([status, code])
      const { json } = await send('GET', '')
      expect(json.checkout.appliedDiscounts).toEqual([])
    })

    it.each([
      ['NOSUCHCARD', 404, 'GIFT_CARD_NOT_FOUND'],
      ['SHORT', 404, 'GIFT_CARD_CODE_INVALID'],
      ['X'.repeat(21), 404, 'GIFT_CARD_CODE_INVALID'],
      ['EMPTYCARD', 428, 'GIFT_CARD_IS_EMPTY'],
      ['EXPIREDCARD', 428, 'GIFT_CARD_EXPIRED'],
      ['DISABLEDCARD', 428, 'GIFT_CARD_DISABLED'],
      ['EUROCARD01', 404, 'GIFT_CARD_NOT_FOUND'],
    ])('the gift card %s: %s %s, at creation and later', async (giftCardCode, status, code) => {
      const answer = await create(await wix.visitor(), { lineItems: [item(goods.mug)], giftCardCode })
      expect(fault(answer)).toEqual([status, code])
      const { send } = await begin()
      expect(fault(await send('PATCH', '', { giftCardCode }))).toEqual([status, code])
    })

    it('replace the one before, and are taken off, also twice', async () => {
      const { send } = await begin({ couponCode: 'SUMMERSALE10', giftCardCode: 'GIFT50DEMO' })
      const { checkout } = (
        await send('PATCH', '', { couponCode: 'DEAR', giftCardCode: 'SECONDCARD', giftCardRedeemAmount: '7.5' })
      ).json
      expect(checkout.appliedDiscounts).toMatchObject([{ coupon: { code: 'DEAR', amount: { amount: '0.00' } } }])
      expect(checkout.calculationErrors.couponCalculationError.applicationError.code).toBe(
        'ERROR_COUPON_NOT_APPLICABLE',
      )
      expect(checkout.giftCard).toMatchObject({ amount: { amount: '7.50' }, requestedAmount: { amount: '7.50' } })
      for (const path of ['/remove-coupon', '/remove-gift-card', '/remove-coupon', '/remove-gift-card']) {
        expect((await send('POST', path, {})).status).toBe(200)
      }
      const after = (await send('GET', '')).json.checkout
      expect(after.appliedDiscounts).toEqual([])
      expect(after).not.toHaveProperty('giftCard')
    })

    it('of free shipping takes the shipping off', async () => {
      const { checkout } = await begin({ couponCode: 'SHIPFREE', checkoutInfo: filledIn })
      expect(checkout.appliedDiscounts).toMatchObject([
        { discountType: 'SHIPPING', coupon: { amount: { amount: '10.00' } } },
      ])
      expect(checkout.priceSummary).toMatchObject({
        shipping: { amount: '10.00' },
        discount: { amount: '10.00' },
        total: { amount: '115.00' },
      })
    })
  })

  describe('addresses', () => {
    const bothForms = { ...newYork.address, streetAddress: { number: '1', name: 'Test Street' } }

    it('have one form of the street, at creation and later, for both', async () => {
      const info = {
        billingInfo: { address: bothForms },
        shippingInfo: { shippingDestination: { address: bothForms } },
      }
      const created = await create(await wix.visitor(), { lineItems: [item(goods.mug)], checkoutInfo: info })
      expect(fault(created)).toEqual([
        400,
        'checkoutInfo.billingInfo.address ONE_OF_ALIGNMENT',
        'checkoutInfo.shippingInfo.shippingDestination.address ONE_OF_ALIGNMENT',
      ])
      const { send } = await begin()
      expect(fault(await send('PATCH', '', { checkout: info }))).toEqual([
        400,
        'checkout.billingInfo.address ONE_OF_ALIGNMENT',
        'checkout.shippingInfo.shippingDestination.address ONE_OF_ALIGNMENT',
      ])
    })

    it.each([
      [{ id: '52998224725' }, ['type REQUIRED_FIELD']],
      [{ id: '52998224725', type: 'UNSPECIFIED' }, ['type REQUIRED_FIELD']],
      [{ id: '52998224725', type: 'SSN' }, ['type INVALID_ENUM_VALUE']],
      [{ id: '52998224724', type: 'CPF' }, ['id FORMAT']],
      [{ id: '52998224725', type: 'CNPJ' }, ['id FORMAT']],
    ])('a tax id %j is refused', async (vatId, rules) => {
      const { send } = await begin()
      const checkout = { billingInfo: { contactDetails: { vatId } } }
      const answer = await send('PATCH', '', { checkout })
      expect(fault(answer)).toEqual([400, ...rules.map(rule => `checkout.billingInfo.contactDetails.vatId.${rule}`)])
    })

    it('come back as they were sent, in either form, with names of country and state', async () => {
      const { send } = await begin({ checkoutInfo: { buyerInfo: { email: 'buyer@polytill.test' } } })
      const billingInfo = {
        address: {
          country: 'BR',
          subdivision: 'BR-RJ',
          city: 'Rio de Janeiro',
          postalCode: '22250040',
          streetAddress: { number: '300', name: 'Praia de Botafogo' },
          addressLine2: 'ap 2',
          geocode: { latitude: -22.9461, longitude: -43.1822 },
        },
        contactDetails: {
          firstName: 'Ana',
          lastName: 'Silva',
          phone: '+5521987654321',
          company: 'ACME',
          vatId: { id: '52998224725', type: 'CPF' },
        },
      }
      const { json } = await send('PATCH', '', { checkout: { billingInfo } })
      expect(json.checkout.billingInfo).toEqual({
        ...billingInfo,
        address: { ...billingInfo.address, countryFullname: 'Brazil', subdivisionFullname: 'Rio de Janeiro' },
      })
      expect((await send('GET', '')).json.checkout.billingInfo).toEqual(json.checkout.billingInfo)
    })

    it('keep their owner: an e-mail is changed, and an empty one is ignored', async () => {
      const { send } = await begin({ checkoutInfo: filledIn })
      const empty = { buyerInfo: { email: '' }, buyerNote: 'Ring twice' }
      const changed = await send('PATCH', '', { checkout: empty })
      expect(changed.status).toBe(200)
      expect(changed.json.checkout).toMatchObject({ buyerInfo: filledIn.buyerInfo, buyerNote: 'Ring twice' })
      const other = { buyerInfo: { email: 'other@polytill.test' } }
      expect((await send('PATCH', '', { checkout: other })).json.checkout.buyerInfo).toMatchObject(other.buyerInfo)
    })

    it('of nobody are used for the answer at hand and then forgotten; an e-mail does not bring them back', async () => {
      const { send } = await begin()
      const sent = await send('PATCH', '', { checkout: { shippingInfo: { shippingDestination: newYork } } })
      expect(sent.json.checkout.priceSummary.shipping.amount).toBe('10.00')
      expect(sent.json.checkout.shippingInfo.shippingDestination.contactDetails.firstName).toBe('Test')
      const later = (await send('GET', '')).json.checkout
      expect(later.shippingInfo).not.toHaveProperty('shippingDestination')
      expect(later.priceSummary.shipping.amount).toBe('0.00')
      const named = await send('PATCH', '', { checkout: { buyerInfo: { email: 'buyer@polytill.test' } } })
      expect(named.json.checkout.shippingInfo).not.toHaveProperty('shippingDestination')
      await send('PATCH', '', { checkout: { shippingInfo: { shippingDestination: newYork } } })
      expect((await send('GET', '')).json.checkout.priceSummary.shipping.amount).toBe('10.00')
    })
  })
})
