import { beforeAll, describe, expect, it } from 'vitest'
import { conflictSentence } from '../../../src/dialects/bigcommerce/problem.js'
import { type Books, openBooks } from '../../support/books.js'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { clientOf, demoKey } from '../vtex/shop.js'
import {
  addressed,
  type Browser,
  cartOf,
  expectNotFound,
  expectProblem,
  goods,
  openBrowser,
  payByCard,
  signedIn,
  submit,
} from './browser.js'
import { managementOver } from './management.js'
import { fillIn, newOrder, pay } from './purchase.js'

describeOnEachDatabase('store credit', getServer => {
  const api = managementOver(getServer)
  const open = () => openBrowser(getServer())
  let books: Books
  beforeAll(async () => {
    books = await openBooks(getServer().storage.sql)
  })
  const noFaults = async () => expect(await books.faults()).toEqual([])

  const set = (id: number, amount: unknown) =>
    api.send('PUT', '/v3/customers', { body: [{ id, store_credit_amounts: [{ amount }] }] })
  const balanceOf = async (id: number): Promise<number> => {
    const { json } = await api.send('GET', `/v3/customers?id:in=${id}`)
    return json.data[0].store_credit_amounts[0].amount
  }

  /** A browser in which a customer with that much is signed in. */
  async function creditor(amount: number) {
    const browser = open()
    const { email } = await signedIn(browser)
    const { json } = await api.send('GET', `/v3/customers?email:in=${encodeURIComponent(email)}`)
    const [{ id }] = json.data
    expect(await set(id, amount)).toMatchObject({ status: 200 })
    return { browser, id: Number(id) }
  }
  const read = async (browser: Browser, cart: string) =>
    (await browser.send('GET', `/api/storefront/checkout/${cart}`)).json
  const apply = (browser: Browser, cart: string, body: object = {}) =>
    browser.send('POST', `/api/storefront/checkouts/${cart}/store-credit`, { body })
  const withdraw = (browser: Browser, cart: string) =>
    browser.send('DELETE', `/api/storefront/checkouts/${cart}/store-credit`)
  const tees = [{ ...goods.tee, quantity: 1 }]

  describe('PUT /stores/:storeHash/v3/customers and GET /stores/:storeHash/v3/customers', () => {
    it('set and tell what customers have, with the rest of what is known', async () => {
      const browser = open()
      const { email } = await signedIn(browser)
      const found = await api.send('GET', `/v3/customers?email:in=${encodeURIComponent(email)},nobody@polytill.test`)
      const customer = {
        id: expect.any(Number),
        ...{ email, first_name: 'Ada', last_name: 'Tester', company: '', phone: '' },
        ...{ notes: '', tax_exempt_category: '', customer_group_id: 0, address_count: 0 },
        date_created: expect.any(String),
        date_modified: expect.any(String),
        store_credit_amounts: [{ amount: 0 }],
      }
      const pagination = { total: 1, count: 1, per_page: 10, current_page: 1, total_pages: 1 }
      expect(found).toMatchObject({ status: 200, json: { data: [customer], meta: { pagination } } })
      const { id } = found.json.data[0]
      const changed = await api.send('PUT', '/v3/customers', {
        body: [{ id, phone: '555', store_credit_amounts: [{ amount: 12.5 }] }],
      })
      expect(changed.json.data).toEqual([{ ...customer, phone: '555', store_credit_amounts: [{ amount: 12.5 }] }])
      expect((await set(id, '3.20')).json.data[0].store_credit_amounts).toEqual([{ amount: 3.2 }])
      expect((await set(id, 0)).json.data[0].store_credit_amounts).toEqual([{ amount: 0 }])
      await noFaults()
    })

    it('refuse what is no amount, unknown customers and tokens that may write no payments, before anything changes', async () => {
      const { id } = await creditor(5)
      for (const amount of [-1, 'much', true]) expect((await set(id, amount)).status).toBe(422)
      const unknown = await api.send('PUT', '/v3/customers', {
        body: [
          { id, store_credit_amounts: [{ amount: 9 }] },
          { id: 424_242, store_credit_amounts: [{ amount: 9 }] },
        ],
      })
      expect(unknown).toMatchObject({ status: 422, json: { errors: { '1.id': 'unknown' } } })
      const token = await getServer().operations.issueCredential({
        ...{ kind: 'api_key', subject: 'no-payments', dialect: 'bigcommerce' },
        permissions: ['customers:read', 'customers:write'],
        data: { storeHash: 'demo', scopes: ['store_v2_customers'] },
      })
      const body = [{ id, store_credit_amounts: [{ amount: 9 }] }]
      expect((await api.send('PUT', '/v3/customers', { token, body })).status).toBe(403)
      expect((await api.send('GET', '/v3/customers')).json.errors).toEqual({ 'id:in': 'required' })
      expect((await api.send('GET', '/v3/customers?id:in=x')).status).toBe(422)
      expect(await balanceOf(id)).toBe(5)
    })

    it('refuse a whole request, whichever of its customers is in the way', async () => {
      const { id } = await creditor(5)
      const { id: other } = await creditor(0)
      const taken = 'second@polytill.test'
      const token = await getServer().operations.issueCredential({
        ...{ kind: 'api_key', subject: 'no-payments-either', dialect: 'bigcommerce' },
        permissions: ['customers:read', 'customers:write'],
        data: { storeHash: 'demo', scopes: ['store_v2_customers'] },
      })
      const put = (body: object, options: object = {}) =>
        api.send('PUT', '/v3/customers', { body: [{ id, phone: '555' }, body], ...options })
      expect((await put({ id: other, store_credit_amounts: [{ amount: 9 }] }, { token })).status).toBe(403)
      expect(await put({ id: other, email: taken })).toMatchObject({
        status: 409,
        json: { title: 'This email address has an account already.' },
      })
      const twice = [
        { id, phone: '555', email: 'new@polytill.test' },
        { id: other, email: 'New@polytill.test' },
      ]
      expect((await api.send('PUT', '/v3/customers', { body: twice })).status).toBe(409)
      expect(await put({ id: other, store_credit_amounts: [{ amount: '95000000000000' }] })).toMatchObject({
        status: 422,
        json: { errors: { '1.store_credit_amounts.0.amount': 'must be an amount, zero or more' } },
      })
      expect(await put({ id, phone: '556' })).toMatchObject({ status: 422, json: { errors: { '1.id': 'duplicate' } } })
      const { json } = await api.send('GET', `/v3/customers?id:in=${id}`)
      expect(json.data[0].phone).toBe('')
      expect(await put({ id: other, store_credit_amounts: [{ amount: 9 }] })).toMatchObject({
        status: 200,
        json: { data: [{ phone: '555' }, { store_credit_amounts: [{ amount: 9 }] }] },
      })
    })
  })

  describe('on the checkout of a signed-in shopper', () => {
    it('pays what gift certificates leave, last, and never touches the total', async () => {
      const { browser } = await creditor(60)
      const cart = await cartOf(browser, [{ ...goods.brewer, quantity: 1 }])
      const before = await read(browser, cart)
      expect(before).toMatchObject({
        isStoreCreditApplied: false,
        grandTotal: 247.5,
        outstandingBalance: 247.5,
        customer: { storeCredit: 60 },
      })
      const applied = await apply(browser, cart, { version: before.version })
      expect(applied.status).toBe(200)
      expect(applied.json).toMatchObject({
        isStoreCreditApplied: true,
        grandTotal: 247.5,
        outstandingBalance: 187.5,
        balanceDue: 187.5,
        giftCertificates: [],
        customer: { storeCredit: 60 },
      })
      expect((await browser.send('GET', `/api/storefront/checkout/${cart}`)).text).toBe(applied.text)
      expect((await apply(browser, cart)).text).toBe(applied.text)
      const path = `/api/storefront/checkouts/${cart}/gift-certificates`
      const both = await browser.send('POST', path, { body: { giftCertificateCode: 'GIFT50DEMO' } })
      expect(both.json).toMatchObject({ outstandingBalance: 137.5, giftCertificates: [{ used: 50 }] })
      const without = await withdraw(browser, cart)
      expect(without).toMatchObject({ status: 200, json: { isStoreCreditApplied: false, outstandingBalance: 197.5 } })
      expect((await withdraw(browser, cart)).text).toBe(without.text)
    })

    it('POST /api/storefront/checkouts/:cartId/store-credit and DELETE /api/storefront/checkouts/:cartId/store-credit refuse guests, empty accounts, strangers and old versions', async () => {
      const guest = open()
      const own = await cartOf(guest, tees)
      const detail = 'Unauthorized'
      expectProblem(await apply(guest, own), { status: 401, title: 'Unauthorized', detail, code: 'unauthorized' })
      expect(await withdraw(guest, own)).toMatchObject({ status: 200, json: { isStoreCreditApplied: false } })
      const { browser } = await creditor(0)
      const cart = await cartOf(browser, tees)
      expectProblem(await apply(browser, cart), {
        status: 400,
        title: 'Bad Request',
        detail: 'There is no store credit to pay with.',
        code: 'store_credit',
      })
      const rich = await creditor(10)
      expectNotFound(await apply(rich.browser, cart))
      const mine = await cartOf(rich.browser, tees)
      expect((await apply(rich.browser, mine, { version: 99 })).status).toBe(409)
      expect((await read(rich.browser, mine)).isStoreCreditApplied).toBe(false)
    })

    it('is taken by who knows the version from before a card was declined: nothing else was written since', async () => {
      const { browser } = await creditor(10)
      const cart = await cartOf(browser, tees)
      await addressed(browser, cart)
      const held = await read(browser, cart)
      const submitted = await submit(browser, cart, 'bigpaypay')
      for (const number of ['4000000000000002', '4000000000009995']) {
        expect((await payByCard(browser, submitted, { number })).status).toBe(400)
      }
      const applied = await apply(browser, cart, { version: held.version })
      expect(applied).toMatchObject({ status: 200, json: { isStoreCreditApplied: true, outstandingBalance: 38.66 } })
      const stale = await apply(browser, cart, { version: held.version })
      expect([stale.status, stale.json.title]).toEqual([409, conflictSentence])
      const again = await submit(browser, cart, 'bigpaypay')
      expect((await payByCard(browser, again, { number: '4111111111111111' })).status).toBe(200)
      await noFaults()
    })

    it('is nobody else’s: who signs out leaves none behind, and no code opens the account', async () => {
      const { browser, id } = await creditor(10)
      const cart = await cartOf(browser, tees)
      expect((await apply(browser, cart)).json.outstandingBalance).toBe(30)
      await browser.send('DELETE', '/internalapi/v1/checkout/customer')
      expect(await read(browser, cart)).toMatchObject({ isStoreCreditApplied: false, outstandingBalance: 40 })
      const { rows } = await getServer().storage.sql.query<{ code: string }>(
        `select body ->> 'code' as code from gift_cards where customer_id = (select id from customers where integer_id = $1)`,
        [id],
      )
      const path = `/api/storefront/checkouts/${cart}/gift-certificates`
      const stolen = await browser.send('POST', path, { body: { giftCertificateCode: rows[0]?.code ?? '' } })
      expect(stolen.status).toBeGreaterThanOrEqual(400)
      expect(await read(browser, cart)).toMatchObject({ outstandingBalance: 40, giftCertificates: [] })
    })
  })

  it('is a gift card to a VTEX client: the total to pay is the same, and the client may take it off', async () => {
    const { id } = await creditor(15)
    const cart = await api.newCart([{ product_id: 19, variant_id: 19, quantity: 1 }], { customer_id: id })
    await api.send('POST', `/v3/checkouts/${cart.id}/store-credit`)
    const vtex = clientOf(() => getServer())
    const form = cart.id.replaceAll('-', '')
    const seen = (await vtex.form(form, 'GET', '', undefined, demoKey)).json
    const [card] = seen.paymentData.giftCards
    expect([seen.value, card]).toMatchObject([4000, { inUse: true, value: 1500, balance: 1500 }])
    const payments: readonly object[] = []
    const kept = await vtex.form(form, 'POST', '/attachments/paymentData', { payments, giftCards: [card] }, demoKey)
    expect(kept.json.paymentData.giftCards).toHaveLength(1)
    expect((await api.checkout(cart.id)).outstanding_balance).toBe(25)
    await vtex.form(form, 'POST', '/attachments/paymentData', { payments, giftCards: [] }, demoKey)
    expect(await api.checkout(cart.id)).toMatchObject({ is_store_credit_applied: false, outstanding_balance: 40 })
  })

  describe('in orders', () => {
    it('covers all: the order awaits its goods, keeps what it took, and gives it back when it is called off', async () => {
      const { browser, id } = await creditor(100)
      const cart = await cartOf(browser, tees)
      await addressed(browser, cart)
      expect((await apply(browser, cart)).json.outstandingBalance).toBe(0)
      const placed = await submit(browser, cart)
      expect(placed.status).toBe(201)
      const { order } = placed.json.data
      expect(order).toMatchObject({
        status: 'ORDER_STATUS_AWAITING_FULFILLMENT',
        storeCredit: { amount: 48.66 },
        giftCertificate: { totalDiscountedAmount: 0, appliedGiftCertificates: {} },
        grandTotal: { integerAmount: 4866 },
      })
      expect(await balanceOf(id)).toBe(51.34)
      const shown = await browser.send('GET', `/api/storefront/orders/${order.orderId}?include=payments`)
      expect(shown.json.payments).toEqual([
        {
          providerId: 'storecredit',
          gatewayId: null,
          methodId: null,
          description: 'Store Credit',
          amount: 48.66,
          detail: { remaining: 51.34 },
          mandate: null,
        },
      ])
      const legacy = await api.send('GET', `/v2/orders/${order.orderId}`)
      expect(legacy.json).toMatchObject({ store_credit_amount: '48.6600', gift_certificate_amount: '0.0000' })
      await api.send('PUT', `/v2/orders/${order.orderId}`, { body: { status_id: 5 } })
      expect(await balanceOf(id)).toBe(100)
      await noFaults()
    })

    it('is applied, or taken off, by the submission that says so', async () => {
      const { browser, id } = await creditor(10)
      const submitWith = (cart: string, useStoreCredit: boolean) =>
        browser.send('POST', '/internalapi/v1/checkout/order', {
          body: { cartId: cart, useStoreCredit, payment: { name: 'cod' } },
        })
      const first = await cartOf(browser, tees)
      await addressed(browser, first)
      const used = await submitWith(first, true)
      expect(used.json.data.order).toMatchObject({ storeCredit: { amount: 10 } })
      expect(await balanceOf(id)).toBe(0)
      await set(id, 10)
      const second = await cartOf(browser, tees)
      await addressed(browser, second)
      await apply(browser, second)
      const unused = await submitWith(second, false)
      expect(unused.json.data.order).toMatchObject({ storeCredit: { amount: 0 } })
      expect(await balanceOf(id)).toBe(10)
      const guest = open()
      const third = await cartOf(guest, tees)
      await addressed(guest, third)
      const body = { cartId: third, useStoreCredit: true, payment: { name: 'cod' } }
      const none = await guest.send('POST', '/internalapi/v1/checkout/order', { body })
      expect(none).toMatchObject({ status: 201, json: { data: { order: { storeCredit: { amount: 0 } } } } })
      await noFaults()
    })

    it('is held while a card pays the rest, and given back when the card is declined', async () => {
      const { browser, id } = await creditor(20)
      const cart = await cartOf(browser, tees)
      await addressed(browser, cart)
      await apply(browser, cart)
      const submitted = await submit(browser, cart, 'bigpaypay')
      expect(submitted.json.data.order).toMatchObject({
        status: 'ORDER_STATUS_INCOMPLETE',
        storeCredit: { amount: 20 },
      })
      expect(await balanceOf(id)).toBe(20)
      expect((await payByCard(browser, submitted, { number: '4000000000000002' })).status).toBe(400)
      expect(await balanceOf(id)).toBe(20)
      expect((await payByCard(browser, submitted, { number: '4111111111111111' })).status).toBe(200)
      expect(await balanceOf(id)).toBe(0)
      const { orderId } = submitted.json.data.order
      const legacy = await api.send('GET', `/v2/orders/${orderId}`)
      expect(legacy.json).toMatchObject({ status_id: 11, store_credit_amount: '20.0000', total_inc_tax: '48.6600' })
      await noFaults()
    })

    it('is spent once by orders that are placed at the same moment', async () => {
      const { id } = await creditor(60)
      const carts = await Promise.all(
        Array.from({ length: 6 }, async () => {
          const line = { product_id: 19, variant_id: 19, quantity: 1 }
          const { id: cart } = await api.newCart([line], { customer_id: id })
          await fillIn(api, cart)
          const applied = await api.send('POST', `/v3/checkouts/${cart}/store-credit`)
          expect(applied).toMatchObject({
            status: 200,
            json: { data: { is_store_credit_applied: true, store_credit_used: 48.66, outstanding_balance: 0 } },
          })
          return cart
        }),
      )
      const orders = await Promise.all(carts.map(cart => newOrder(api, cart)))
      const paid = await Promise.all(orders.map(order => pay(api, order)))
      const won = paid.filter(({ status }) => status === 201)
      const lost = paid.filter(({ status }) => status !== 201)
      expect(won).toHaveLength(1)
      expect(lost.map(({ status, json }) => [status, json.title])).toEqual(
        lost.map(() => [422, 'There is no store credit to pay with.']),
      )
      expect(await balanceOf(id)).toBe(11.34)
      await noFaults()
    })
  })

  describe('POST /stores/:storeHash/v3/checkouts/:checkoutId/store-credit and DELETE /stores/:storeHash/v3/checkouts/:checkoutId/store-credit', () => {
    it('are for the checkout of a customer who has some', async () => {
      const { id } = await creditor(15)
      const { id: nobodys } = await api.newCart([{ product_id: 19, variant_id: 19, quantity: 1 }])
      const refused = await api.send('POST', `/v3/checkouts/${nobodys}/store-credit`)
      expect(refused).toMatchObject({ status: 422, json: { errors: { customer_id: 'required' } } })
      await api.send('PUT', `/v3/carts/${nobodys}`, { body: { customer_id: id } })
      const applied = await api.send('POST', `/v3/checkouts/${nobodys}/store-credit`)
      expect(applied.json.data).toMatchObject({ store_credit_used: 15, grand_total: 40, outstanding_balance: 25 })
      await api.send('PUT', `/v3/carts/${nobodys}`, { body: { customer_id: 0 } })
      expect(await api.checkout(nobodys)).toMatchObject({ is_store_credit_applied: false, outstanding_balance: 40 })
      expect((await api.send('DELETE', `/v3/checkouts/${nobodys}/store-credit`)).status).toBe(200)
    })
  })
})
