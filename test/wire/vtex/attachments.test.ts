import { beforeAll, describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { importEntries } from './more-goods.js'
import { clientOf, demoKey, errorBody, expectError } from './shop.js'

const ana = {
  email: 'ana@shop.example',
  firstName: 'Ana',
  lastName: 'Souza',
  documentType: 'cpf',
  document: '52998224725',
  phone: '+5521999990000',
}

const rio = {
  addressType: 'residential',
  receiverName: 'Ana Souza',
  postalCode: '22250-040',
  city: 'Rio de Janeiro',
  state: 'RJ',
  country: 'BRA',
  street: 'Rua A',
  number: '10',
  neighborhood: 'Centro',
  complement: null,
  geoCoordinates: [],
}

const mugs = [{ id: '18', quantity: 2 }]

describeOnEachDatabase('attachments', getServer => {
  beforeAll(() =>
    importEntries(getServer(), [
      {
        kind: 'shipping_method',
        channel: 'br',
        id: 'Agendada',
        integerId: 90,
        name: 'Agendada',
        carrier: 'Transportadora',
        position: 9,
        zones: [{ area: 'BR', postalFrom: '20000000', postalTo: '28999999' }],
        deliveryWindows: [{ start: '2027-01-04T09:00:00Z', end: '2027-01-04T12:00:00Z', price: '3.00' }],
        prices: { BRL: '1.00' },
      },
      {
        kind: 'shipping_method',
        channel: 'br',
        id: 'Expressa',
        integerId: 91,
        name: 'Expressa',
        carrier: 'Transportadora',
        position: 8,
        zones: [{ area: 'BR', postalFrom: '20000000', postalTo: '28999999' }],
        deliveryDays: 1,
        prices: { BRL: '15.00' },
      },
    ]),
  )

  describe('POST /api/checkout/pub/orderForm/:orderFormId/attachments/clientProfileData', () => {
    it('keeps what was sent, the same twice', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      const first = await client.form(id, 'POST', '/attachments/clientProfileData', ana)
      const again = await client.form(id, 'POST', '/attachments/clientProfileData', ana)
      expect(first.json.clientProfileData).toEqual({
        ...ana,
        corporateName: null,
        tradeName: null,
        corporateDocument: null,
        stateInscription: null,
        corporatePhone: null,
        isCorporate: false,
        profileCompleteOnLoading: false,
        profileErrorOnLoading: false,
        customerClass: null,
      })
      expect(again.json.clientProfileData).toEqual(first.json.clientProfileData)
      expect(again.json).toMatchObject({ canEditData: true, userProfileId: null, value: 2500 })
      expect(client.cookies.get('CheckoutOrderFormOwnership')).toHaveLength(43)
    })

    it.each([
      ['ORD007', { ...ana, email: 'nobody' }],
      ['ORD007', { ...ana, email: undefined }],
      ['ORD007', { ...ana, phone: 'call me' }],
      ['CHK0099', { ...ana, firstName: 'A'.repeat(256) }],
    ])('refuses with %s and keeps nothing', async (code, body) => {
      const client = clientOf(getServer)
      const id = await client.begin()
      const refused = await client.form(id, 'POST', '/attachments/clientProfileData', body)
      expectError(refused, code)
      expect((await client.form(id, 'GET', '')).json.clientProfileData).toBeNull()
    })

    it('a stranger who names a registered customer sees asterisks, and changes nothing', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      const email = 'customer@polytill.test'
      const named = await client.form(id, 'POST', '/attachments/clientProfileData', { email, firstName: 'Eve' })
      expect(named.json).toMatchObject({
        canEditData: false,
        userProfileId: 'c0ffee00-0003-4a6b-9b61-000000000001',
        clientProfileData: {
          email,
          firstName: 'Car******',
          lastName: 'Cus******',
          document: '*2*9*2*4*2*',
          phone: '******4321',
        },
      })
      const [, , home] = named.json.shippingData.availableAddresses
      expect(home).toMatchObject({
        addressId: 'c0ffee00-0004-4a6b-9b61-000000000003',
        receiverName: 'Car***mer',
        postalCode: '******040',
        city: 'Rio ** *******',
        street: 'Praia ** *****ogo',
        number: '***',
        country: 'BRA',
        reference: null,
        geoCoordinates: [],
      })
      expect(named.text).not.toContain('52998224725')
      const other = await client.form(id, 'POST', '/attachments/clientProfileData', ana)
      expect([other.status, other.json]).toEqual([403, errorBody('CHK003', 'Access denied')])
      const stranger = await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [rio] })
      expectError(stranger, 'CHK0087')
      const chosen = await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [home] })
      expect(chosen.json.shippingData.address).toMatchObject({ addressId: home.addressId, postalCode: '******040' })
      expect(chosen.json.value).toBe(3200)
      const clerk = await client.form(id, 'GET', '', undefined, demoKey)
      expect(clerk.json).toMatchObject({
        canEditData: true,
        userType: 'callCenterOperator',
        clientProfileData: { firstName: 'Carla', document: '52998224725' },
        shippingData: { address: { postalCode: '22250040', number: '300' } },
      })
    })

    it('PATCH /api/checkout/pub/orderForm/:orderFormId/profile keeps stored profiles away', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      const ignored = await client.form(id, 'PATCH', '/profile', { ignoreProfileData: true })
      expect(ignored.json).toMatchObject({ ignoreProfileData: true, clientProfileData: null })
      const email = 'customer@polytill.test'
      const own = await client.form(id, 'POST', '/attachments/clientProfileData', { ...ana, email })
      expect(own.json).toMatchObject({ canEditData: true, clientProfileData: { firstName: 'Ana' } })
      const late = await client.form(id, 'PATCH', '/profile', { ignoreProfileData: false })
      expect([late.status, late.json]).toEqual([403, errorBody('CHK003', 'Access denied')])
      expectError(await client.form(id, 'PATCH', '/profile', {}), 'CHK0203')
    })
  })

  describe('POST /api/checkout/pub/orderForm/:orderFormId/attachments/shippingData', () => {
    it('completes the address, offers every way, and chooses the cheapest that sends nobody anywhere', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([...mugs, { id: '19', quantity: 1 }])
      const body = {
        selectedAddresses: [{ postalCode: '22250040', country: 'BRA', addressType: null }],
        logisticsInfo: [],
      }
      const { json } = await client.form(id, 'POST', '/attachments/shippingData', body)
      expect(json.shippingData.address).toMatchObject({
        addressId: expect.stringMatching(/^[0-9a-f]{32}$/),
        city: 'Rio de Janeiro',
        state: 'RJ',
        street: 'Praia de Botafogo',
        neighborhood: 'Botafogo',
        geoCoordinates: [-43.1822, -22.9461],
      })
      const { logisticsInfo } = json.shippingData
      expect(logisticsInfo.map((info: { itemIndex: number; itemId: string }) => [info.itemIndex, info.itemId])).toEqual(
        [
          [0, '18'],
          [1, '19'],
        ],
      )
      expect(logisticsInfo[0].slas.map((sla: { id: string }) => sla.id).sort()).toEqual([
        'Agendada',
        'Expressa',
        'Normal',
        'pickup-1_RJ01',
      ])
      const chosen = logisticsInfo.map((info: { slas: { id: string; price: number }[]; selectedSla: string }) =>
        info.slas.find(sla => sla.id === info.selectedSla),
      )
      expect(chosen).toMatchObject([
        { id: 'Normal', price: 269 },
        { id: 'Normal', price: 431 },
      ])
      expect(json.totalizers).toMatchObject([{ value: 6500 }, { id: 'Shipping', value: 700 }])
      expect([json.value, json.messages]).toEqual([7200, []])
      const later = await client.form(id, 'POST', '/items', { orderItems: [{ id: '901', quantity: 1, seller: '1' }] })
      expect(later.json.shippingData.logisticsInfo[2]).toMatchObject({ selectedSla: 'Normal', itemId: '901' })
      expect(later.json.totalizers).toMatchObject([{ value: 7000 }, { id: 'Shipping', value: 700 }])
    })

    it('each item has its own way; picking up brings the address of the point', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([...mugs, { id: '19', quantity: 1 }])
      const { json } = await client.form(id, 'POST', '/attachments/shippingData', {
        selectedAddresses: [rio],
        logisticsInfo: [
          { itemIndex: 0, selectedSla: 'Expressa', selectedDeliveryChannel: 'delivery', deliveryWindow: {} },
          { itemIndex: 1, selectedSla: null, selectedDeliveryChannel: 'pickup-in-point', addressId: '1_RJ01' },
        ],
      })
      expect(json.shippingData.logisticsInfo).toMatchObject([
        { selectedSla: 'Expressa', selectedDeliveryChannel: 'delivery' },
        { selectedSla: 'pickup-1_RJ01', selectedDeliveryChannel: 'pickup-in-point', addressId: '1_RJ01' },
      ])
      expect(json.shippingData.selectedAddresses).toMatchObject([
        { addressType: 'residential', street: 'Rua A', receiverName: 'Ana Souza' },
        { addressType: 'pickup', addressId: '1_RJ01' },
      ])
      expect(json.shippingData.address.street).toBe('Rua A')
      expect(json.totalizers).toMatchObject([{ value: 6500 }, { id: 'Shipping', value: 1500 }])
      expect(json.shippingData.pickupPoints).toMatchObject([{ id: '1_RJ01', friendlyName: 'Polytill Rio de Janeiro' }])
      // what was read goes back whole, as clients do, and changes nothing
      const again = await client.form(id, 'POST', '/attachments/shippingData', json.shippingData)
      expect(again.json.shippingData).toEqual(json.shippingData)
    })

    it('a window of a scheduled delivery costs what it costs, and is never chosen unasked', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      const window = { startDateUtc: '2027-01-04T09:00:00Z', endDateUtc: '2027-01-04T12:00:00Z' }
      const { json } = await client.form(id, 'POST', '/attachments/shippingData', {
        selectedAddresses: [rio],
        logisticsInfo: [{ itemIndex: 0, selectedSla: 'Agendada', deliveryWindow: window }],
      })
      const [info] = json.shippingData.logisticsInfo
      const sla = info.slas.find((one: { id: string }) => one.id === 'Agendada')
      expect(sla).toMatchObject({
        price: 400,
        deliveryWindow: { startDateUtc: '2027-01-04T09:00:00.000Z', price: 300, lisPrice: 300, tax: 0 },
      })
      expect(sla.availableDeliveryWindows).toHaveLength(1)
      expect(json.value).toBe(2900)
    })

    it('a window stays with its way of shipping until somebody says otherwise', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      const ship = (body: object) => client.form(id, 'POST', '/attachments/shippingData', body)
      const deliveryWindow = { startDateUtc: '2027-01-04T09:00:00Z', endDateUtc: '2027-01-04T12:00:00Z' }
      const logisticsInfo = [{ itemIndex: 0, selectedSla: 'Agendada', deliveryWindow }]
      const { json } = await ship({ selectedAddresses: [rio], logisticsInfo })
      // what was read goes back whole, as clients do: the window stands inside of its SLA there
      expect((await ship(json.shippingData)).json).toEqual(json)
      const none = await ship({ logisticsInfo: [{ ...logisticsInfo[0], deliveryWindow: null }] })
      expect(none.json.value).toBe(2600)
    })

    it('what is not offered becomes the automatic choice, with one message for all items', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([...mugs, { id: '19', quantity: 1 }])
      const { json } = await client.form(id, 'POST', '/attachments/shippingData', {
        selectedAddresses: [rio],
        logisticsInfo: [0, 1].map(itemIndex => ({ itemIndex, selectedSla: 'By dragon' })),
      })
      const slas = json.shippingData.logisticsInfo.map((one: { selectedSla: string }) => one.selectedSla)
      expect(slas).toEqual(['Normal', 'Normal'])
      expect(json.messages).toMatchObject([{ code: 'changedFreight', status: 'warning' }])
      const cleared = await client.form(id, 'POST', '/messages/clear', { expectedOrderFormSections: [] })
      expect(cleared.json.messages).toEqual([])
    })

    it('where nothing is delivered to, items say so', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      const { json } = await client.form(id, 'POST', '/attachments/shippingData', {
        selectedAddresses: [{ ...rio, postalCode: '01310-100' }],
      })
      expect(json.items[0].availability).toBe('cannotBeDelivered')
      expect(json.messages).toMatchObject([{ code: 'cannotBeDelivered', status: 'error', fields: { itemIndex: '0' } }])
      expect(json.shippingData.address).toMatchObject({ postalCode: '01310100', city: '', street: '' })
      const kept = await client.form(id, 'POST', '/attachments/shippingData', {
        clearAddressIfPostalCodeNotFound: false,
        selectedAddresses: [{ ...rio, postalCode: '01310-100' }],
      })
      expect(kept.json.shippingData.address).toMatchObject({ city: 'Rio de Janeiro', street: 'Rua A' })
    })

    it.each([
      [400, 'ORD001', { selectedAddresses: [{ ...rio, postalCode: '12' }] }],
      [400, 'ORD001', { selectedAddresses: [{ ...rio, postalCode: '*****-040' }] }],
      [400, 'ORD026', { selectedAddresses: [{ ...rio, country: 'XXX' }] }],
      [400, 'ORD015', { selectedAddresses: [{ ...rio, geoCoordinates: [200, 10] }] }],
      [400, 'CHK0127', { selectedAddresses: [{ ...rio, country: null }] }],
      [400, 'CHK0119', { selectedAddresses: [{ ...rio, postalCode: null }] }],
      [400, 'CHK0261', { selectedAddresses: [rio, { ...rio, addressId: 'b' }] }],
      [400, 'CHK0263', { selectedAddresses: [rio, { addressType: 'search', postalCode: '10011', country: 'USA' }] }],
      [400, 'CHK00334', { selectedAddresses: Array.from({ length: 21 }, () => rio) }],
      [400, 'CHK0264', { selectedAddresses: [{ addressType: 'pickup', addressId: 'nowhere', country: 'BRA' }] }],
      [400, 'CHK0041', { selectedAddresses: [rio], logisticsInfo: [{ itemIndex: 5, selectedSla: 'Normal' }] }],
      [
        400,
        'CHK0042',
        {
          selectedAddresses: [rio],
          logisticsInfo: [
            { itemIndex: 0, selectedSla: 'Normal' },
            { itemIndex: 0, selectedSla: 'Expressa' },
          ],
        },
      ],
      [400, '001', { selectedAddresses: 'Rio' }],
    ])('%d %s', async (status, code, body) => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      const answer = await client.form(id, 'POST', '/attachments/shippingData', body)
      expectError(answer, code)
      expect(answer.status).toBe(status)
      expect((await client.form(id, 'GET', '')).json.shippingData.selectedAddresses).toEqual([])
    })
  })

  describe('POST /api/checkout/pub/orderForm/:orderFormId/attachments/paymentData', () => {
    it('one payment follows the total; several go when it moves', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      const one = await client.form(id, 'POST', '/attachments/paymentData', {
        payments: [{ paymentSystem: 17, referenceValue: 2500, value: 2500, installments: 1 }],
        giftCards: [],
      })
      expect(one.json.paymentData.payments).toMatchObject([{ paymentSystem: '17', value: 2500, installments: 1 }])
      const more = await client.form(id, 'POST', '/items/update', { orderItems: [{ index: 0, quantity: 4 }] })
      expect(more.json.paymentData.payments).toMatchObject([{ paymentSystem: '17', value: 5000 }])
      const two = await client.form(id, 'POST', '/attachments/paymentData', {
        payments: [
          { paymentSystem: '17', referenceValue: 2000 },
          { paymentSystem: '2', referenceValue: 9000, installments: 3 },
        ],
      })
      expect(two.json.paymentData.payments).toMatchObject([
        { paymentSystem: '17', value: 2000 },
        { paymentSystem: '2', value: 3000, installments: 3 },
      ])
      const less = await client.form(id, 'POST', '/items/update', { orderItems: [{ index: 0, quantity: 3 }] })
      expect(less.json.paymentData.payments).toEqual([])
      expect(less.json.messages).toMatchObject([{ code: 'unavailableSelectedPayment', status: 'warning' }])
    })

    it('gift cards pay first; those that cannot are told of', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      const { json } = await client.form(id, 'POST', '/attachments/paymentData', {
        payments: [],
        giftCards: [{ redemptionCode: 'gift50demo', value: 1000, inUse: true }, { redemptionCode: 'NO-SUCH-CARD' }],
      })
      expect(json.paymentData.giftCards).toMatchObject([
        { redemptionCode: 'GIFT50DEMO', value: 1000, balance: 5000, inUse: true },
      ])
      expect(json.paymentData.installmentOptions[0].value).toBe(1500)
      expect(json.value).toBe(2500)
      expect(json.messages).toMatchObject([{ code: 'invalidGiftCard', status: 'error' }])
      const cleared = await client.form(id, 'POST', '/attachments/paymentData', { giftCards: [] })
      expect(cleared.json.paymentData.giftCards).toEqual([])
    })

    it.each([
      ['CHK0152', { paymentSystem: 4711, referenceValue: 2500 }],
      ['CHK0152', { referenceValue: 2500 }],
      ['ORD020', { paymentSystem: 2 }],
      ['CHK0019', { paymentSystem: 2, referenceValue: 2500, installments: 12 }],
    ])('%s', async (code, payment) => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      const answer = await client.form(id, 'POST', '/attachments/paymentData', { payments: [payment] })
      expectError(answer, code)
      expect((await client.form(id, 'GET', '')).json.paymentData.payments).toEqual([])
    })

    it('a card number is not kept, wherever it stands', async () => {
      const client = clientOf(getServer)
      const id = await client.begin(mugs)
      const payments = [{ paymentSystem: 2, referenceValue: 2500, bin: '4111111111111111', accountId: 'saved-1' }]
      const { json, text } = await client.form(id, 'POST', '/attachments/paymentData', { payments })
      expect(json.paymentData.payments).toMatchObject([{ bin: null, accountId: 'saved-1' }])
      expect(text).not.toContain('4111111111111111')
      // POST /api/checkout/pub/orderForm/:orderFormId/paymentAccount/:accountId/remove
      const removed = await client.form(id, 'POST', '/paymentAccount/saved-1/remove', {})
      expect(removed.json.paymentData.payments).toEqual([])
    })
  })
})
