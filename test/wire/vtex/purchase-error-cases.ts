import { startTaxService, taxesOf } from '../../support/tax-service.js'
import { configured, type ErrorCase, mugs, type Stage } from './error-cases.js'
import { configure, goods, importEntries } from './more-goods.js'
import { ana, callBack, cardOf, fillIn, place, promissory, rio, sendPayments, transact, visa } from './purchase.js'
import { checkoutPath, clientOf, demoKey, type VtexClient } from './shop.js'

type Send = ErrorCase['send']

const pub = checkoutPath

/** Places an orderForm that lacks something, or whose world changed since it was filled in. */
function placing(
  spoil: (stage: Stage, id: string) => Promise<unknown>,
  options: {
    readonly items?: readonly { readonly id: string; readonly quantity: number }[]
    readonly more?: object
  } = {},
): Send {
  return async stage => {
    const { client } = stage
    const id = await client.begin(options.items ?? mugs)
    await fillIn(client, id)
    await spoil(stage, id)
    const { value } = (await client.form(id, 'GET', '')).json
    return transact(client, id, value, options.more)
  }
}

const nothing = async () => undefined

/** A tax service takes the question and says nothing. */
async function silentTaxes(stage: Stage) {
  const service = await startTaxService()
  service.reply(() => taxesOf([], { hold: new Promise(() => undefined) }))
  try {
    const turnSilent = () => configure(stage.server, { taxConfiguration: { url: service.url } })
    return await placing(turnSilent)(stage)
  } finally {
    await configure(stage.server, {})
    await service.close()
  }
}

/** As `placing`, of a cart without one of its attachments. */
const unfilled =
  (...attachments: readonly (readonly [name: string, body: object])[]): Send =>
  async ({ client }) => {
    const id = await client.begin(mugs)
    for (const [name, body] of attachments) await client.form(id, 'POST', `/attachments/${name}`, body)
    const { value } = (await client.form(id, 'GET', '')).json
    return transact(client, id, value)
  }

const shipTo = (address: object) => ({ selectedAddresses: [address], clearAddressIfPostalCodeNotFound: false })

const window = { start: '2027-01-04T09:00:00Z', end: '2027-01-04T12:00:00Z', price: '3.00' }
const later = { start: '2027-01-05T09:00:00Z', end: '2027-01-05T12:00:00Z', price: '3.00' }

const scheduled = (more: object = {}) => ({
  ...{ kind: 'shipping_method', channel: 'br', id: 'Marcada', integerId: 96, name: 'Marcada', carrier: 'Moto' },
  ...{ position: 9, zones: [{ area: 'BR', postalFrom: '20000000', postalTo: '28999999' }] },
  ...{ deliveryWindows: [window], prices: { BRL: '1.00' } },
  ...more,
})

async function ship(client: VtexClient, id: string, choice: object): Promise<void> {
  const logisticsInfo = [{ itemIndex: 0, ...choice }]
  await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [rio], logisticsInfo })
}

const chosenWindow = { startDateUtc: window.start, endDateUtc: window.end }

/** The way of shipping that was chosen changes before the order is placed. */
const reshipped = (next: object) =>
  placing(async ({ server, client }, id) => {
    await importEntries(server, [scheduled()])
    await ship(client, id, { selectedSla: 'Marcada', deliveryWindow: chosenWindow })
    await importEntries(server, [scheduled(next)])
  })

const placementCases: readonly ErrorCase[] = [
  { code: 'ORD005', send: async ({ client }) => transact(client, await client.begin(), 0) },
  {
    code: 'ORD023',
    send: placing(({ server }) => importEntries(server, [goods(4012, '9.00', { stock: 0 })]), {
      items: [{ id: '4012', quantity: 1 }],
    }),
  },
  {
    code: 'ORD027',
    values: ['4013'],
    send: placing(({ server }) => importEntries(server, [goods(4013, '9.00', { isActive: false })]), {
      items: [{ id: '4013', quantity: 1 }],
    }),
  },
  { code: 'ORD025', values: ['Goods 4001'], send: placing(nothing, { items: [{ id: '4001', quantity: 1 }] }) },
  {
    code: 'ORD006',
    values: ['street'],
    send: placing(({ client }, id) =>
      client.form(id, 'POST', '/attachments/shippingData', shipTo({ ...rio, postalCode: '28000000', street: '' })),
    ),
  },
  { code: 'ORD007', words: 'The {0}', values: ['email'], send: unfilled() },
  { code: 'CHK0175', send: unfilled(['clientProfileData', ana]) },
  { code: 'CHK0209', send: unfilled(['clientProfileData', ana], ['shippingData', shipTo(rio)]) },
  { code: 'CHK0257', send: placing(({ client }, id) => unchosen(client, id)) },
  { code: 'ORD046', send: withScheduled({ selectedSla: 'Marcada' }) },
  { code: 'ORD047', send: reshipped({ deliveryWindows: [later] }) },
  { code: 'CHK0171', values: ['Mug', '18'], send: reshipped({ isActive: false }) },
  {
    code: 'CHK0248',
    words: 'The minimum quantity',
    send: configured({ minimumQuantityAccumulatedForItems: 3 }, placing(nothing)),
  },
  {
    code: 'CHK0248',
    words: 'The minimum value',
    send: configured({ minimumValueAccumulated: 9999 }, placing(nothing)),
  },
  { code: 'CHK0219', send: configured({ taxConfiguration: { url: 'https://127.0.0.1:1/' } }, placing(nothing)) },
  { code: 'CHK00301', send: silentTaxes },
  { code: 'CHK0016', send: placing(nothing, { more: { referenceValue: 3100 } }) },
  { code: 'CHK0210', send: placing(nothing, { more: { value: 3100, referenceValue: 3100 } }) },
  { code: 'CHK0128', values: ['BRIEF'], send: placing(expiringCoupon) },
  { code: 'CHK0178', values: ['SPENT-SOON'], send: placing(spentGiftCard) },
  {
    code: 'CHK0085',
    send: async ({ client }) => {
      const { id, value } = await place(client)
      return transact(client, id, value + 1)
    },
  },
  { code: 'ORD012', send: secondOfLastPiece },
]

function withScheduled(choice: object): Send {
  return placing(async ({ server, client }, id) => {
    await importEntries(server, [scheduled()])
    await ship(client, id, choice)
  })
}

/** São Paulo, where only a scheduled way goes: it is never chosen unasked. */
async function unchosen(client: VtexClient, id: string): Promise<void> {
  const paulista = { ...rio, addressId: 'sp', postalCode: '01310100', state: 'SP', city: 'São Paulo' }
  await client.form(id, 'POST', '/attachments/shippingData', shipTo(paulista))
}

async function expiringCoupon({ server, client }: Stage, id: string): Promise<void> {
  const promotion = {
    ...{ kind: 'promotion', id: 'brief', integerId: 961, name: 'Brief', channels: ['br'], needsCoupon: true },
    benefits: [{ kind: 'amount_off_order', amount: { BRL: '1.00' } }],
  }
  const coupon = { kind: 'coupon', code: 'BRIEF', integerId: 962, promotionId: 'brief' }
  await importEntries(server, [promotion, coupon])
  await client.form(id, 'POST', '/coupons', { text: 'BRIEF' })
  await importEntries(server, [{ ...coupon, endsAt: '2020-01-01T00:00:00Z' }])
}

async function spentGiftCard({ server, client }: Stage, id: string): Promise<void> {
  const card = {
    kind: 'gift_card',
    code: 'SPENT-SOON',
    integerId: 963,
    name: 'Card',
    channels: ['br'],
    amount: '10.00',
  }
  await importEntries(server, [card])
  const payments = [{ paymentSystem: promissory, referenceValue: 3200, value: 3200, installments: 1 }]
  const giftCards = [{ redemptionCode: 'SPENT-SOON', inUse: true }]
  await client.form(id, 'POST', '/attachments/paymentData', { payments, giftCards })
  await importEntries(server, [{ ...card, isActive: false }])
}

/** Two shoppers place their orders at once: each sees the last piece, one gets it. */
async function secondOfLastPiece({ server }: Stage) {
  for (let variantId = 4020; ; variantId += 1) {
    await importEntries(server, [goods(variantId, '9.00', { stock: 1 })])
    const ready = await Promise.all(
      [1, 2].map(async () => {
        const client = clientOf(() => server)
        const id = await client.begin([{ id: String(variantId), quantity: 1 }])
        return { client, id, value: await fillIn(client, id) }
      }),
    )
    const answers = await Promise.all(ready.map(({ client, id, value }) => transact(client, id, value)))
    const refused = answers.find(({ status }) => status !== 200)
    // Where one was done before the other looked, the piece was gone already: once more.
    if (refused !== undefined && (refused.json.error.code !== 'ORD023' || variantId > 4040)) return refused
  }
}

const wholeOrder = (more: object = {}) => ({
  items: [{ id: '18', quantity: 2, seller: '1' }],
  clientProfileData: ana,
  shippingData: { address: rio, logisticsInfo: [{ itemIndex: 0, selectedSla: 'Normal', price: 700 }] },
  paymentData: { payments: [{ paymentSystem: promissory, value: 3200, referenceValue: 3200, installments: 1 }] },
  ...more,
})
const putOrder =
  (more: object): Send =>
  ({ client }) =>
    client.send('PUT', `${pub}/orders`, wholeOrder(more))
const oneOf = (id: string) => ({ items: [{ id, quantity: 1, seller: '1' }] })

const wholeOrderCases: readonly ErrorCase[] = [
  { code: 'CHK0032', send: putOrder(oneOf('GOODS-4014')) },
  { code: 'ORD028', values: ['Goods 4015', 'GOODS-4015'], send: putOrder(oneOf('GOODS-4015')) },
  { code: 'CHK0053', send: putOrder({ items: [{ ...oneOf('18').items[0], priceTags: [{ name: 'x', value: -1 }] }] }) },
  { code: 'CHK0198', values: ['3200', '1950'], send: putOrder(oneOf('18')) },
]

/** The gateway's answer to the payments of an order, as it is told when the order is finished. */
const paidBy =
  (cardNumber: string): Send =>
  async ({ client }) => {
    const sale = await place(client, mugs, { system: visa })
    await sendPayments(client, sale, { paymentSystem: visa, fields: cardOf(cardNumber) })
    return callBack(client, sale.orderGroup)
  }

const shippedOrder: Send = async ({ server, client }) => {
  const sale = await sent(server, client)
  return client.send('POST', `${pub}/orders/${sale.orderGroup}-01/user-cancel-request`, { reason: 'Too late' })
}

async function sent({ operations }: Stage['server'], client: VtexClient) {
  const sale = await place(client)
  await sendPayments(client, sale)
  await callBack(client, sale.orderGroup)
  const found = await operations.readOrder({ kind: 'system' }, { number: sale.orderGroup })
  if (!found.ok) throw new Error(found.error.code)
  const { id, snapshot } = found.value.order
  await operations.fulfillOrder({ kind: 'system' }, { id, consignmentId: snapshot.cart.consignments[0]?.id ?? '' })
  return sale
}

const unknownTransaction = 'F'.repeat(32)

const paymentCases: readonly ErrorCase[] = [
  { code: 'CHK0154', send: async ({ client }) => sendPayments(client, await place(client), { value: 3199 }) },
  {
    code: 'CHK0169',
    words: 'Invalid transaction',
    send: ({ client }) => client.send('POST', `/api/pub/transactions/${unknownTransaction}/payments`, []),
  },
  {
    code: 'CHK0169',
    words: 'Invalid payment',
    send: async ({ client }) => {
      const { transactionId } = await place(client)
      const path = `/api/pvt/transactions/${transactionId}/payments/${unknownTransaction}`
      return client.send('GET', path, undefined, demoKey)
    },
  },
  { code: 'CHK0204', send: paidBy('4000000000000002') },
  { code: 'CHK0205', send: paidBy('4000000000001802') },
  { code: 'CHK0206', send: async ({ client }) => callBack(client, (await place(client)).orderGroup) },
  {
    code: 'CHK0115',
    send: async ({ server, client }) => {
      const sale = await place(client)
      server.advance(5 * 60_000)
      await server.operations.recoverOrders()
      return callBack(client, sale.orderGroup)
    },
  },
  {
    code: 'CHK0199',
    values: ['1111111111111'],
    send: async ({ client }) => {
      await place(client)
      return callBack(client, '1111111111111')
    },
  },
  { code: 'CHK0201', send: ({ client }) => client.send('GET', `${pub}/orders/1111111111111-01`, undefined, demoKey) },
  { code: 'CHK0202', send: shippedOrder },
  { code: 'ORD064', send: ({ client }) => callBack(client, 'no%20number') },
]

/** Writes of carts do what this says, while a request comes. */
const whileCarts =
  (act: string): Send =>
  async ({ server, client }) => {
    const id = await client.begin(mugs)
    const { sql } = server.storage
    await sql.query(`create function spoil() returns trigger language plpgsql as $$ begin ${act} end $$`)
    await sql.query('create trigger spoil before update on carts for each row execute function spoil()')
    try {
      return await client.form(id, 'POST', '/attachments/openTextField', { value: 'Ring' })
    } finally {
      await sql.query('drop trigger spoil on carts')
      await sql.query('drop function spoil')
    }
  }

const faultCases: readonly ErrorCase[] = [
  // Every write is lost to somebody else's.
  { code: 'CHK0292', send: whileCarts('return null;') },
  { code: '001', words: 'Internal error', send: whileCarts(`raise exception 'broken';`) },
]

/** Errors of placing, paying and canceling, and faults of the store itself. */
export const purchaseErrorCases: readonly ErrorCase[] = [
  ...placementCases,
  ...wholeOrderCases,
  ...paymentCases,
  ...faultCases,
]
