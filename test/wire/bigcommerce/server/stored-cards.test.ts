import { describe, expect, it } from 'vitest'
import { limits } from '../../../../src/core/limits.js'
import { describeOnEachDatabase, type TestAnswer } from '../../../support/test-server.js'
import { newAccount, openBrowser } from '../browser.js'
import { brewer, managementOver, mug } from '../management.js'
import { approved, card, cashOnDelivery, newOrder, pay, readyCart, sendPayment } from '../purchase.js'
import { customerWithCards, mastercard, openVault, visa } from '../stored-cards.js'

const saved = { stored_instrument: { status: 'saved' } }
const notSaved = { stored_instrument: { status: 'not_saved', code: 30_050 } }
const storing = (number: string, more: object = {}) => ({ ...card(number, more), save_instrument: true })
const stored = (token: string, more: object = {}) => ({
  payment_method_id: 'bigpaypay.card',
  instrument: { type: 'stored_card', token, verification_value: '1142', ...more },
})
const storedCard = (more: object = {}) => ({
  type: 'stored_card',
  brand: 'VISA',
  expiry_month: 12,
  expiry_year: 2035,
  issuer_identification_number: '',
  last_4: '1111',
  token: expect.stringMatching(/^[0-9a-f]{64}$/),
  is_default: false,
  ...more,
})

describeOnEachDatabase('stored cards between servers', getServer => {
  const api = managementOver(getServer)
  const open = () => openBrowser(getServer())

  async function newCustomer(): Promise<number> {
    const account = newAccount()
    await open().send('POST', '/api/storefront/customer', { body: account })
    const { json } = await api.send('GET', `/v3/customers?email:in=${encodeURIComponent(account.email)}`)
    return json.data[0].id
  }
  const orderOf = async (customer: number) => newOrder(api, await readyCart(api, [mug], { customer_id: customer }))
  const cardMethod = async (query: string) => {
    const { json } = await api.send('GET', `/v3/payments/methods?${query}`)
    return json.data.find((one: { readonly id: string }) => one.id === 'bigpaypay.card')
  }
  const cardsOf = async (order: number) => (await cardMethod(`order_id=${order}`)).stored_instruments
  const paidAs = (answer: TestAnswer, meta: object) => {
    expect([answer.status, answer.json]).toEqual([
      201,
      { data: { id: expect.any(String), transaction_type: 'purchase', status: 'success' }, meta },
    ])
  }
  const refusedAs = (answer: TestAnswer, code: number, title: string, errors: object = {}) => {
    expect([answer.status, answer.json]).toEqual([
      422,
      { status: 422, title, detail: title, type: expect.stringMatching(/^https:/), code, errors },
    ])
  }
  const statusOf = async (order: number) => (await api.send('GET', `/v2/orders/${order}`)).json.status_id
  async function customerWithCard(number = visa, more: object = {}) {
    const customer = await newCustomer()
    paidAs(await pay(api, await orderOf(customer), storing(number, more)), saved)
    const order = await orderOf(customer)
    const [{ token }] = await cardsOf(order)
    return { customer, order, token: String(token) }
  }
  const noSuchCard = (answer: TestAnswer) =>
    refusedAs(answer, 30_051, 'That stored payment instrument could not be found.')

  describe('GET /stores/:storeHash/v3/payments/methods', () => {
    it('lists the cards of the customer whose order or checkout it is, and says what they need', async () => {
      const customer = await newCustomer()
      paidAs(await pay(api, await orderOf(customer), storing(visa)), saved)
      paidAs(await pay(api, await orderOf(customer), storing('371449635398431', { verification_value: '1234' })), saved)
      const cart = await readyCart(api, [mug], { customer_id: customer })
      const byOrder = await cardMethod(`order_id=${await newOrder(api, cart)}`)
      expect(byOrder.stored_instruments).toEqual([storedCard({ brand: 'AMEX', last_4: '8431' }), storedCard()])
      expect(byOrder.supported_instruments.at(-1)).toEqual({
        instrument_type: 'STORED_CARD',
        verification_value_required: true,
      })
      expect(await cardMethod(`checkout_id=${cart}`)).toEqual(byOrder)
    })

    it('lists none of guests, of other customers, and where another method pays', async () => {
      const { order } = await customerWithCard()
      const { json } = await api.send('GET', `/v3/payments/methods?order_id=${order}`)
      for (const method of json.data) {
        if (method.id === 'bigpaypay.card') expect(method.stored_instruments).toEqual([storedCard()])
        else expect(method.stored_instruments).toEqual([])
      }
      expect(await cardsOf(await orderOf(await newCustomer()))).toEqual([])
      expect(await cardsOf(await newOrder(api, await readyCart(api, [mug])))).toEqual([])
    })

    it('asks for a customer’s credit and for the cards, one statement each, however many are stored', async () => {
      const count = async (order: number) => {
        const before = getServer().storage.sql.statementCount()
        await cardsOf(order)
        return getServer().storage.sql.statementCount() - before
      }
      const { order } = await customerWithCard()
      const none = await orderOf(await newCustomer())
      const guests = await newOrder(api, await readyCart(api, [mug]))
      await cardsOf(order)
      const ofGuest = await count(guests)
      expect([await count(none), await count(order)]).toEqual([ofGuest + 2, ofGuest + 2])
    })
  })

  describe('POST /stores/:storeHash/payments', () => {
    it('stores a card that has paid; in the customer’s browser it is the same', async () => {
      const browser = open()
      const { account, token, vault } = await customerWithCards(browser)
      const customer = (await api.send('GET', `/v3/customers?email:in=${encodeURIComponent(account.email)}`)).json
        .data[0].id
      const order = await orderOf(customer)
      expect(await cardsOf(order)).toEqual([storedCard({ token, expiry_year: 2040 })])
      paidAs(await pay(api, order, storing(mastercard)), saved)
      expect((await vault.list()).json.vaulted_instruments).toMatchObject([{ last_4: '4444' }, { bigpay_token: token }])
      expect((await (await openVault(browser)).delete(token)).status).toBe(200)
      const next = await orderOf(customer)
      noSuchCard(await pay(api, next, stored(token)))
      expect(await statusOf(next)).toBe(0)
    })

    it('pays by a stored card, which stays; a wish to store it again changes nothing', async () => {
      const { customer, order, token } = await customerWithCard()
      paidAs(await pay(api, order, { ...stored(token), save_instrument: true }), {})
      expect(await statusOf(order)).toBe(11)
      const next = await orderOf(customer)
      expect(await cardsOf(next)).toEqual([storedCard({ token })])
      paidAs(await pay(api, next, stored(token)), {})
    })

    it('pays the order of a guest, and stores nothing', async () => {
      const count = async () => (await getServer().storage.sql.query('select 1 from stored_cards')).count
      const before = await count()
      const order = await newOrder(api, await readyCart(api, [mug]))
      paidAs(await pay(api, order, storing(visa)), notSaved)
      expect(await statusOf(order)).toBe(11)
      expect(await count()).toBe(before)
    })

    it('stores no card that was declined', async () => {
      const customer = await newCustomer()
      const order = await orderOf(customer)
      expect((await pay(api, order, storing('4000000000009995'))).json.code).toBe(30_106)
      expect(await cardsOf(order)).toEqual([])
      paidAs(await pay(api, order, approved), {})
    })

    it('pays all the same where the card cannot be stored: too many, or a table that takes nothing', async () => {
      const { sql } = getServer().storage
      const { customer, order } = await customerWithCard()
      await sql.query(
        `insert into stored_cards select md5(n || token) || md5(token || n), customer_id, channel, method, provider,
            gateway_token, brand, lpad(n::text, 4, '0'), expiry_month, expiry_year, null, created_at
          from stored_cards, generate_series(2, $1::integer) n
          where customer_id = (select id from customers where integer_id = $2)`,
        [limits.storedCardsPerCustomer, customer],
      )
      paidAs(await pay(api, order, storing(mastercard)), notSaved)
      // The same card is no further one.
      const again = await orderOf(customer)
      paidAs(await pay(api, again, storing(visa)), saved)
      const other = await orderOf(await newCustomer())
      await sql.query('alter table stored_cards add constraint closed check (false) not valid')
      paidAs(await pay(api, other, storing(visa)), notSaved)
      await sql.query('alter table stored_cards drop constraint closed')
      expect([await statusOf(order), await statusOf(other)]).toEqual([11, 11])
      expect(getServer().log.filter(line => line.includes('could not be kept'))).toHaveLength(1)
      expect(getServer().log.join('\n')).not.toContain(visa)
    })

    it.each([
      ['without its security code', { verification_value: null }, 10_001],
      ['with letters for it', { verification_value: 'abc' }, 30_102],
      ['with a token that is too short', { token: 'abc' }, 10_001],
      ['of a token that there never was', { token: 'f'.repeat(64) }, 30_051],
    ])('refuses a stored card %s; the order can be paid then', async (_what, more, code) => {
      const { order, token } = await customerWithCard()
      const refused = await pay(api, order, stored(token, more))
      expect([refused.status, refused.json.code]).toEqual([422, code])
      expect(await statusOf(order)).toBe(0)
      paidAs(await pay(api, order, stored(token)), {})
    })

    it('refuses another customer’s card, for guests too, whoever sends it', async () => {
      const { token } = await customerWithCard()
      const orders = [await orderOf(await newCustomer()), await newOrder(api, await readyCart(api, [mug]))]
      for (const order of orders) {
        noSuchCard(await pay(api, order, stored(token)))
        expect(await statusOf(order)).toBe(0)
      }
    })

    it('refuses what keeps no cards, and instruments that are no cards', async () => {
      const { order, token } = await customerWithCard()
      const byCheque = { ...stored(token), payment_method_id: 'cheque.card' }
      refusedAs(await pay(api, order, byCheque), 30_002, 'Payment instruments cannot be stored for this way of paying.')
      const storingByCheque = { ...storing(visa), payment_method_id: 'cheque.card' }
      expect((await pay(api, order, storingByCheque)).json.code).toBe(30_002)
      const account = { payment_method_id: 'bigpaypay.card', instrument: { type: 'stored_paypal_account', token } }
      expect((await pay(api, order, account)).json.code).toBe(10_001)
      expect((await pay(api, order, { ...cashOnDelivery, save_instrument: true })).status).toBe(201)
    })

    it('captures once, however many pay one order by one stored card at once', async () => {
      const { order, token } = await customerWithCard()
      const access = await api.send('POST', '/v3/payments/access_tokens', { body: { order: { id: order } } })
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => sendPayment(api, access.json.data.id, stored(token))),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)])
      const placed = await getServer().storage.orders.read({ number: order.toString() })
      const payments = await getServer().storage.payments.ofOrder(placed?.id ?? '')
      expect(payments.filter(({ captured }) => captured > 0n)).toHaveLength(1)
    })

    it('pays what a gift certificate leaves', async () => {
      const { customer, token } = await customerWithCard()
      const order = await newOrder(api, await readyCart(api, [brewer], { customer_id: customer }))
      const certificate = { type: 'gift_certificate', gift_certificate_code: 'GIFT50DEMO' }
      const part = await pay(api, order, { payment_method_id: 'bigcommerce.gift_certificate', instrument: certificate })
      expect([part.status, part.json.data.status]).toEqual([201, 'pending'])
      noSuchCard(await pay(api, order, stored('f'.repeat(64))))
      paidAs(await pay(api, order, stored(token)), {})
      const { json } = await api.send('GET', `/v2/orders/${order}`)
      expect(json).toMatchObject({ status_id: 11, gift_certificate_amount: '50.0000', payment_status: 'captured' })
      const placed = await getServer().storage.orders.read({ number: order.toString() })
      const [payment, ...others] = await getServer().storage.payments.ofOrder(placed?.id ?? '')
      expect(others).toEqual([])
      expect(payment?.captured).toBe(BigInt(json.total_inc_tax.replace('.', '')) / 100n - 5_000n)
    })

    it('of two orders of one cart a stored card pays one', async () => {
      const { customer, token } = await customerWithCard()
      const cart = await readyCart(api, [mug], { customer_id: customer })
      const orders = [await newOrder(api, cart), await newOrder(api, cart)]
      const answers = await Promise.all(orders.map(order => pay(api, order, stored(token))))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
    })

    it('refuses a card whose month is over', async () => {
      const [year = 0, month = 0] = getServer().now().split('-').map(Number)
      const { customer, order, token } = await customerWithCard(visa, { expiry_month: month, expiry_year: year })
      paidAs(await pay(api, order, stored(token)), {})
      getServer().advance(31 * 24 * 3_600_000)
      const late = await orderOf(customer)
      expect(await cardsOf(late)).toEqual([storedCard({ token, expiry_month: month, expiry_year: year })])
      refusedAs(await pay(api, late, stored(token)), 30_103, 'The payment was declined.', { payment: 'card_expired' })
      expect(await statusOf(late)).toBe(0)
    })
  })
})
