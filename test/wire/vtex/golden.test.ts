import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { configure, goods, importEntries } from './more-goods.js'
import { checkoutPath, clientOf, expectError } from './shop.js'

// Figures of the platform's guides, samples and known issues: sections 3.12, 4.9, 5.2, 5.4 and 5.5 of the dialect document.

const off = (id: string, integerId: number, benefit: object, code: string, more: object = {}) => ({
  kind: 'promotion',
  id,
  integerId,
  name: id,
  channels: ['br'],
  benefits: [benefit],
  coupons: [{ code, integerId }],
  ...more,
})

describeOnEachDatabase('figures that the platform publishes', getServer => {
  beforeAll(async () => {
    await importEntries(getServer(), [
      goods(1001, '1.99', { unitMultiplier: '0.3' }),
      goods(1002, '47.50', { unitMultiplier: '0.25' }),
      goods(1003, '44.90', { unitMultiplier: '100' }),
      goods(1004, '6999.00', { unitMultiplier: '0.25' }),
      goods(1005, '99.99', { unitMultiplier: '300' }),
      goods(1006, '31.90'),
      goods(1007, '150.00'),
      goods(1011, '190.00'),
      goods(1012, '190.00'),
      goods(1013, '250.00'),
      goods(1014, '150.00'),
      goods(1020, '300.00'),
      goods(1021, '161.75'),
      goods(1022, '320.00'),
      goods(1023, '7.00'),
      goods(1024, '29.50'),
      off('off-480', 1001, { kind: 'amount_off_order', amount: { BRL: '4.80' } }, 'OFF480'),
      off('off-156', 1002, { kind: 'amount_off_order', amount: { BRL: '156.00' } }, 'OFF156'),
      off('free-shipping', 1003, { kind: 'percent_off_shipping', rate: '100' }, 'FRETE'),
      {
        kind: 'payment_method',
        channel: 'br',
        id: '2',
        integerId: 2,
        name: 'Visa',
        providerName: 'creditCardPaymentGroup',
        provider: 'sandbox',
        paymentKind: 'card',
        position: 1,
        installments: [
          { count: 1, interestRate: '0' },
          { count: 2, interestRate: '2' },
          { count: 3, interestRate: '0' },
          { count: 4, interestRate: '1.32' },
          { count: 6, interestRate: '0' },
        ],
      },
    ])
  })

  describe('price x multiplier x quantity', () => {
    it.each([
      {
        id: '1001',
        quantity: 3,
        total: 179,
        selling: 59,
        prices: [
          { value: 60, quantity: 2 },
          { value: 59, quantity: 1 },
        ],
      },
      { id: '1002', quantity: 1, total: 1187, selling: 1187, prices: [{ value: 1187, quantity: 1 }] },
      { id: '1004', quantity: 3, total: 524_925, selling: 174_975, prices: [{ value: 174_975, quantity: 3 }] },
      { id: '1005', quantity: 1, total: 2_999_700, selling: 2_999_700, prices: [{ value: 2_999_700, quantity: 1 }] },
    ])('$quantity of $id cost $total', async ({ id, quantity, total, selling, prices }) => {
      const client = clientOf(getServer)
      const form = await client.form(await client.begin([{ id, quantity }]), 'GET', '')
      const [item] = form.json.items
      expect(item.priceDefinition).toEqual({
        calculatedSellingPrice: selling,
        total,
        sellingPrices: prices,
        reason: null,
      })
      expect([item.sellingPrice, form.json.value]).toEqual([selling, total])
      expect(form.json.totalizers).toMatchObject([{ id: 'Items', value: total }])
    })

    it('a discount is taken after the cut', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '1003', quantity: 3 }])
      const { json } = await client.form(id, 'POST', '/coupons', { text: 'off480' })
      expect(json.items[0]).toMatchObject({
        price: 4490,
        sellingPrice: 448_840,
        priceTags: [{ identifier: 'off-480', isPercentual: false, value: -480, rawValue: -4.8 }],
        priceDefinition: { total: 1_346_520, sellingPrices: [{ value: 448_840, quantity: 3 }] },
      })
      expect(json.totalizers).toMatchObject([{ value: 1_347_000 }, { id: 'Discounts', value: -480 }])
    })
  })

  it.each([
    { id: '1006', quantity: 3, price: 1700, value: -4470, total: 5100 },
    { id: '1007', quantity: 1, price: 10_000, value: -5000, total: 10_000 },
  ])('a price by hand: $quantity of $id for $price', async ({ id, quantity, price, value, total }) => {
    await configure(getServer(), { allowManualPrice: true })
    const client = clientOf(getServer)
    const form = await client.begin([{ id, quantity }])
    // PUT /api/checkout/pub/orderForm/:orderFormId/items/:itemIndex/price
    const { json } = await client.form(form, 'PUT', '/items/0/price', { price })
    expect(json.items[0]).toMatchObject({
      manualPrice: price,
      sellingPrice: price,
      priceTags: [{ name: 'DISCOUNT@MANUALPRICE', identifier: null, value, rawValue: value / 100 }],
      priceDefinition: { total, sellingPrices: [{ value: price, quantity }] },
    })
    expect(json.value).toBe(total)
    expect(json.paymentData.paymentSystems).not.toEqual([])
    // DELETE /api/checkout/pub/orderForm/:orderFormId/items/:itemIndex/price
    const back = await client.form(form, 'DELETE', '/items/0/price')
    expect(back.json.items[0]).toMatchObject({ manualPrice: null, priceTags: [] })
    expect(back.json.value).toBe(total - value)
  })

  it('a nominal discount is prorated: 156 over 190, 190, 250, 150 is 38, 38, 50, 30', async () => {
    const client = clientOf(getServer)
    const id = await client.begin(['1011', '1012', '1013', '1014'].map(sku => ({ id: sku, quantity: 1 })))
    const { json } = await client.form(id, 'POST', '/coupons', { text: 'OFF156' })
    const tags: readonly { readonly priceTags: readonly { readonly value: number }[] }[] = json.items
    expect(tags.map(item => item.priceTags[0]?.value)).toEqual([-3800, -3800, -5000, -3000])
    expect(json.value).toBe(78_000 - 15_600)
  })

  it('DEZ and ONCE do not combine: the better one wins, the other stays without effect', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '18', quantity: 2 }])
    const cheap = await client.form(id, 'POST', '/coupons', { text: 'DEZ, ONCE' })
    expect(cheap.json.marketingData.coupon).toBe('DEZ,ONCE')
    expect(cheap.json.ratesAndBenefitsData.rateAndBenefitsIdentifiers).toMatchObject([{ id: 'once' }])
    expect([cheap.json.value, cheap.json.messages]).toEqual([2000, []])
    const dear = await client.form(id, 'POST', '/items', { orderItems: [{ id: '19', quantity: 2, seller: '1' }] })
    expect(dear.json.ratesAndBenefitsData.rateAndBenefitsIdentifiers).toMatchObject([{ id: 'dez' }])
    expect(dear.json.value).toBe(10_500 - 1050)
  })

  it('a reduction of shipping is told on items, and taken off shipping only', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '18', quantity: 2 }])
    await client.form(id, 'POST', '/attachments/shippingData', {
      selectedAddresses: [{ postalCode: '22250-040', country: 'BRA' }],
    })
    const { json } = await client.form(id, 'POST', '/coupons', { text: 'FRETE' })
    expect(json.items[0]).toMatchObject({
      sellingPrice: 1250,
      priceTags: [{ name: expect.stringMatching(/^discount@shipping-free-shipping#/), value: -700, rawValue: -7 }],
    })
    expect(json.totalizers).toMatchObject([
      { id: 'Items', value: 2500 },
      { id: 'Shipping', value: 0 },
    ])
    const normal = json.shippingData.logisticsInfo[0].slas.find((sla: { id: string }) => sla.id === 'Normal')
    expect([normal.price, normal.listPrice, json.value]).toEqual([0, 700, 2500])
  })

  describe('installments', () => {
    it.each([
      { id: '1020', count: 2, interestRate: 200, value: 15_451, total: 30_902 },
      { id: '1021', count: 4, interestRate: 132, value: 4178, total: 16_712 },
      { id: '1022', count: 3, interestRate: 0, value: 10_666, total: 32_000 },
      { id: '1023', count: 6, interestRate: 0, value: 116, total: 700 },
      { id: '1024', count: 2, interestRate: 200, value: 1519, total: 3038 },
    ])('$count of $total', async ({ id, ...plan }) => {
      const client = clientOf(getServer)
      const form = await client.begin([{ id, quantity: 1 }])
      // GET /api/checkout/pub/orderForm/:orderFormId/installments
      const { json } = await client.form(form, 'GET', '/installments?paymentSystem=2')
      const wanted = { ...plan, hasInterestRate: plan.interestRate > 0 }
      expect(json.installments).toContainEqual({
        ...wanted,
        sellerMerchantInstallments: [{ id: 'POLYTILL', ...wanted }],
      })
      expect([json.paymentSystem, json.bin]).toEqual([2, null])
    })

    it('interest is part of what is paid', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '1020', quantity: 1 }])
      const payments = [{ paymentSystem: '2', referenceValue: 30_000, installments: 2 }]
      const { json } = await client.form(id, 'POST', '/attachments/paymentData', { payments })
      expect(json.paymentData.payments).toEqual([
        {
          paymentSystem: '2',
          bin: null,
          accountId: null,
          tokenId: null,
          installments: 2,
          referenceValue: 30_000,
          value: 30_902,
          merchantSellerPayments: [
            {
              id: 'POLYTILL',
              installments: 2,
              referenceValue: 30_000,
              value: 30_902,
              interestRate: 200,
              installmentValue: 15_451,
            },
          ],
        },
      ])
      expect(json.totalizers).toMatchObject([
        { id: 'Items', value: 30_000 },
        { id: 'Interest', value: 902 },
      ])
      expect(json.value).toBe(30_902)
    })
  })

  it.each([
    ['DEZ', '?RnbBehavior=0', [], 2250],
    ['ONCE', '?RnbBehavior=0', [], 2000],
    ['ONCE', '?RnbBehavior=1', [], 2500],
    ['ONCE', '', ['promotionData'], 2500],
    ['DEZ', '', ['promotionData'], 2500],
  ])(
    'a simulation knows the code %s, and says nothing of it, also where it counts for nothing: %s %j',
    async (coupon, query, allowedOutdatedData, total) => {
      const items = [{ id: '18', quantity: 2, seller: '1' }]
      const body = { items, country: 'BRA', marketingData: { coupon }, allowedOutdatedData }
      const { json } = await clientOf(getServer).send('POST', `${checkoutPath}/orderForms/simulation${query}`, body)
      expect([json.items[0].priceDefinition.total, json.messages, json.marketingData.coupon]).toEqual([
        total,
        [],
        coupon,
      ])
    },
  )

  it('POST /api/checkout/pub/orderForms/simulation prices two mugs to Rio de Janeiro', async () => {
    const { json, status } = await clientOf(getServer).send('POST', `${checkoutPath}/orderForms/simulation`, {
      items: [{ id: '18', quantity: 2, seller: '1' }],
      country: 'BRA',
      postalCode: '22250-040',
    })
    expect(status).toBe(200)
    expect(json).toMatchObject({ postalCode: '22250040', country: 'BRA', geoCoordinates: [], messages: [] })
    expect(json.totals).toEqual([{ id: 'Items', name: 'Total dos Itens', value: 2500 }])
    expect(json.items).toMatchObject([
      { id: '18', requestIndex: 0, quantity: 2, sellingPrice: 1250, availability: 'available' },
    ])
    const [info] = json.logisticsInfo
    expect(info).toMatchObject({
      itemIndex: 0,
      quantity: 2,
      selectedSla: null,
      selectedDeliveryChannel: null,
      addressId: null,
    })
    expect(info.slas.find((sla: { id: string }) => sla.id === 'Normal')).toMatchObject({
      price: 700,
      listPrice: 700,
      shippingEstimate: '3bd',
      deliveryChannel: 'delivery',
      pickupPointId: null,
    })
    expect(json.paymentData.installmentOptions[0]).toMatchObject({
      paymentSystem: '2',
      paymentName: 'Visa',
      value: 2500,
    })
  })

  describe('a simulation whose place is an address', () => {
    const simulate = async (address: object, more: object = {}) => {
      const body = { items: [{ id: '18', quantity: 2, seller: '1' }], shippingData: { selectedAddresses: [address] } }
      return clientOf(getServer).send('POST', `${checkoutPath}/orderForms/simulation`, { ...body, ...more })
    }
    const normal = expect.objectContaining({ id: 'Normal', price: 700 })

    it('tells its country, which the body may name instead', async () => {
      for (const [address, more] of [
        [{ postalCode: '22250-040', country: 'BRA' }, {}],
        [{ postalCode: '22250-040' }, { country: 'BRA' }],
      ] as const) {
        const { status, json } = await simulate(address, more)
        expect([status, json.country, json.postalCode]).toEqual([200, 'BRA', '22250040'])
        expect(json.logisticsInfo[0].slas).toContainEqual(normal)
      }
    })

    it.each([
      ['CHK0127', { postalCode: '22250-040' }],
      ['CHK0127', { postalCode: '22250-040', country: 'XXX' }],
      ['CHK0040', { postalCode: '22250<040', country: 'BRA' }],
      ['ORD015', { geoCoordinates: [-43.18, 122.94], country: 'BRA' }],
    ])('%s, as for a place of the body: %o', async (code, address) => {
      expectError(await simulate(address), code)
    })
  })
})
