import type { TestAnswer, TestServer } from '../../support/test-server.js'
import { configure } from './more-goods.js'
import { rio } from './purchase.js'
import { checkoutPath, demoKey, type VtexClient } from './shop.js'

/** Where an error is brought about. */
export interface Stage {
  readonly server: TestServer
  /** Knows nobody, and holds no cart. */
  readonly client: VtexClient
}

/** One row of the table of errors, and the request that gives it. */
export interface ErrorCase {
  readonly code: string
  /** Start of the words, where the table has several rows of that code. */
  readonly words?: string
  /** Where the same words come with two statuses. */
  readonly status?: number
  /** What the words name. */
  readonly values?: readonly string[]
  readonly send: (stage: Stage) => Promise<TestAnswer>
}

export const mugs = [{ id: '18', quantity: 2 }]
export const registered = 'customer@polytill.test'

type Send = ErrorCase['send']

/** A call on an orderForm with two mugs. */
export function onCart(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Send {
  return async ({ client }) => client.form(await client.begin(mugs), method, path, body, headers)
}

/** A call that needs no orderForm. */
export function call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Send {
  return ({ client }) => client.send(method, path, body, headers)
}

/** The account is configured like that while the request comes. */
export function configured(orderForm: object, send: Send): Send {
  return async stage => {
    await configure(stage.server, orderForm)
    const answer = await send(stage)
    await configure(stage.server, {})
    return answer
  }
}

const pub = checkoutPath
const item = { id: '18', quantity: 1, seller: '1' }
const items = (...orderItems: readonly object[]) => onCart('POST', '/items', { orderItems })
const update = (...orderItems: readonly object[]) => onCart('POST', '/items/update', { orderItems })
const shipping = (body: object) => onCart('POST', '/attachments/shippingData', body)
const payments = (...sent: readonly object[]) => onCart('POST', '/attachments/paymentData', { payments: sent })
const marketing = (body: object) => onCart('POST', '/attachments/marketingData', body)

/** A call on an item with the forms of goods 4001 (see `errors.test.ts`). */
const engraved =
  (name: string, content: object): Send =>
  async ({ client }) =>
    client.form(await client.begin([{ id: '4001', quantity: 1 }]), 'POST', `/items/0/attachments/${name}`, { content })

const tooMany = (count: number) => Array.from({ length: count }, () => item)

const itemCases: readonly ErrorCase[] = [
  { code: '001', words: 'Bad request', send: onCart('POST', '/items', '{"orderItems":') },
  { code: '001', words: 'Request entity too large', send: onCart('POST', '/items', `"${'x'.repeat(1_048_577)}"`) },
  { code: 'CHK0022', send: items({ quantity: 1, seller: '1' }) },
  { code: 'CHK0023', send: items({ ...item, quantity: 0 }) },
  { code: 'CHK0024', send: items({ id: '18', quantity: 1 }) },
  { code: 'CHK0025', send: items({ ...item, price: -1 }) },
  { code: 'CHK003', send: items({ ...item, price: 1 }) },
  { code: 'CHK0041', send: update({ index: 7, quantity: 1 }) },
  { code: 'CHK0062', values: ['500'], send: items(...tooMany(501)) },
  { code: 'CHK0108', send: update({ index: 0, quantity: 1 }, { index: 0, quantity: 2 }) },
  { code: 'CHK0139', send: engraved('Engraving', { color: 'red' }) },
  { code: 'CHK0140', send: engraved('Poem', { text: 'Ana' }) },
  { code: 'CHK0141', send: engraved('Engraving', { text: 'Anastasia' }) },
  { code: 'CHK0161', send: onCart('POST', '/items?sc=99', { orderItems: [item] }) },
  { code: 'FMT011', send: onCart('POST', '/items/0/offerings', { id: 'NONE' }) },
  { code: 'ORD002', send: call('POST', `${pub}/orderForm/${'0'.repeat(32)}/items`, { orderItems: [item] }) },
]

const attachmentCases: readonly ErrorCase[] = [
  { code: 'CHK0017', send: onCart('POST', '/attachments/openTextField', { value: 'x'.repeat(2001) }) },
  { code: 'CHK0038', values: ['utmSource'], send: marketing({ utmSource: 'x'.repeat(201) }) },
  { code: 'CHK0143', send: marketing({ marketingTags: Array.from({ length: 51 }, (_, tag) => `tag-${tag}`) }) },
  { code: 'CHK008', values: ['weatherData'], send: onCart('POST', '/attachments/weatherData', {}) },
  { code: 'CHK0090', send: onCart('PUT', '/customData/other', { note: 'hi' }) },
  { code: 'CHK0091', send: onCart('PUT', '/customData/faststore/note', { value: 'hi' }) },
  {
    code: 'CHK0099',
    values: ['salesAssociateId'],
    send: onCart('POST', '/attachments/merchantContextData', {
      salesAssociateData: { salesAssociateId: 'x'.repeat(101) },
    }),
  },
  { code: 'CHK0127', send: shipping({ selectedAddresses: [{ ...rio, country: null }] }) },
  { code: 'CHK0179', send: onCart('PUT', '/customFields/address/none', { name: 'a', value: 'b' }) },
  {
    code: 'CHK0203',
    values: ['locale', 'locale'],
    send: onCart('POST', '/attachments/clientPreferencesData', { locale: 'klingon!' }),
  },
  {
    code: 'CHK0087',
    send: async ({ client }) => {
      const id = await client.begin(mugs)
      await client.form(id, 'POST', '/attachments/clientProfileData', { email: registered })
      return client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [rio] })
    },
  },
  {
    code: 'CHK0109',
    send: async ({ client }) => {
      const form = new URLSearchParams({ login: registered, password: 'change123' }).toString()
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      await client.send('POST', '/api/vtexid/pub/authentication/classic/validate', form, headers)
      const id = await client.begin(mugs)
      return client.form(id, 'POST', '/attachments/clientProfileData', { email: 'second@polytill.test' })
    },
  },
  {
    code: 'ORD007',
    words: 'The email field',
    send: onCart('POST', '/attachments/clientProfileData', { email: 'nobody' }),
  },
]

const shippingCases: readonly ErrorCase[] = [
  { code: 'CHK00334', send: shipping({ selectedAddresses: Array.from({ length: 21 }, () => rio) }) },
  {
    code: 'CHK0042',
    send: shipping({
      selectedAddresses: [rio],
      logisticsInfo: ['Normal', 'Expressa'].map(selectedSla => ({ itemIndex: 0, selectedSla })),
    }),
  },
  { code: 'CHK0119', send: shipping({ selectedAddresses: [{ ...rio, postalCode: null }] }) },
  { code: 'CHK0261', send: shipping({ selectedAddresses: [rio, { ...rio, addressId: 'b' }] }) },
  {
    code: 'CHK0263',
    send: shipping({ selectedAddresses: [rio, { addressType: 'search', postalCode: '10011', country: 'USA' }] }),
  },
  {
    code: 'CHK0264',
    send: shipping({ selectedAddresses: [{ addressType: 'pickup', addressId: 'nowhere', country: 'BRA' }] }),
  },
  { code: 'ORD001', values: ['12'], send: shipping({ selectedAddresses: [{ ...rio, postalCode: '12' }] }) },
  { code: 'ORD015', send: shipping({ selectedAddresses: [{ ...rio, geoCoordinates: [200, 10] }] }) },
  { code: 'ORD026', status: 400, send: shipping({ selectedAddresses: [{ ...rio, country: 'XXX' }] }) },
  {
    code: 'CHK0040',
    send: call('POST', `${pub}/orderForms/simulation`, { items: [item], country: 'BRA', postalCode: '22<50' }),
  },
]

const paymentCases: readonly ErrorCase[] = [
  { code: 'CHK0019', send: payments({ paymentSystem: 2, referenceValue: 2500, installments: 12 }) },
  {
    code: 'CHK0106',
    send: onCart('POST', '/attachments/paymentData', {
      giftCards: Array.from({ length: 21 }, (_, card) => ({ redemptionCode: `CARD-${card}` })),
    }),
  },
  {
    code: 'CHK0103',
    send: onCart('POST', '/coupons', { text: Array.from({ length: 21 }, (_, code) => `CODE-${code}`).join(',') }),
  },
  { code: 'CHK0152', words: 'Invalid payment', send: payments({ paymentSystem: 4711, referenceValue: 2500 }) },
  {
    code: 'CHK0152',
    words: 'Orderform',
    send: async ({ client }) => client.form(await client.begin(), 'GET', '/installments?paymentSystem=2'),
  },
  { code: 'ORD020', send: payments({ paymentSystem: 2 }) },
  {
    code: 'CHK0084',
    send: async ({ client }) => {
      const id = await client.begin(mugs)
      let answer = await client.form(id, 'POST', '/coupons', { text: 'GUESS-0' })
      for (let guess = 1; guess < 40 && answer.status === 200; guess += 1) {
        answer = await client.form(id, 'POST', '/coupons', { text: `GUESS-${guess}` })
      }
      return answer
    },
  },
]

const placeCases: readonly ErrorCase[] = [
  { code: '001', words: 'Input string', send: call('GET', `${pub}/pickup-points?geoCoordinates=here;there`) },
  {
    code: '001',
    words: 'Invalid postal',
    send: call('GET', `${pub}/regions?country=BRA&postalCode=%3C%3E`),
  },
  { code: 'CHK0131', send: call('GET', `${pub}/profiles?email=nobody`) },
  { code: 'ORD026', status: 500, send: call('GET', `${pub}/postal-code/BR/22250040`) },
  { code: 'ORD051', send: call('GET', `${pub}/regions/nowhere`) },
]

const settings = '/api/checkout/pvt/configuration'
const configuration = (member: object) =>
  call('POST', `${settings}/orderForm`, { paymentConfiguration: {}, ...member }, demoKey)

const configurationCases: readonly ErrorCase[] = [
  { code: 'CHK0288', send: configuration({ paymentConfiguration: null }) },
  { code: 'ORD032', send: configuration({ maxNumberOfWhiteLabelSellers: 0 }) },
  { code: 'ORD033', send: configuration({ minimumQuantityAccumulatedForItems: 0 }) },
  { code: 'ORD034', send: configuration({ decimalDigitsPrecision: 3 }) },
  { code: 'ORD035', send: configuration({ apps: ['a', 'a'].map(id => ({ id, fields: [] })) }) },
  { code: 'ORD036', send: configuration({ minimumValueAccumulated: -1 }) },
  { code: 'ORD037', send: configuration({ recaptchaValidation: 'sometimes' }) },
  { code: 'ORD040', send: call('POST', `${settings}/window-to-change-seller`, { waitingTime: 32 }, demoKey) },
  { code: 'ORD062', send: call('GET', `${settings}/orderForm`) },
]

/** Errors of carts, places and settings; those of a purchase are in `purchase-error-cases.ts`. */
export const cartErrorCases: readonly ErrorCase[] = [
  ...itemCases,
  ...attachmentCases,
  ...shippingCases,
  ...paymentCases,
  ...placeCases,
  ...configurationCases,
]
