import { describe, expect, it } from 'vitest'
import { writeVaultToken } from '../../../../src/dialects/bigcommerce/vault-token.js'
import { austin, describeStorefront, expectInternalProblem, openBrowser, signedIn } from '../browser.js'
import {
  customerWithCards,
  instrument,
  instrumentPaths,
  mastercard,
  openVault,
  payBy,
  storeCard,
  stored,
  storing,
  submitted,
  visa,
} from '../stored-cards.js'

const tokenPath = '/internalapi/v1/checkout/payments/vault-access-token'
const failed = (code: string, message: string) => ({ status: 'error', errors: [{ code, message }] })
const badToken = { status: 401, json: failed('invalid_vault_token', 'The vault access token is not valid.') }
const unknownCard = failed('stored_instrument_not_found', 'That stored payment instrument could not be found.')

describeStorefront('stored cards in a browser', (open, server) => {
  describe('GET /internalapi/v1/checkout/payments/vault-access-token', () => {
    it('gives a signed-in customer a token, good a little longer than the client is told', async () => {
      const browser = open()
      await signedIn(browser)
      const answer = await browser.send('GET', tokenPath)
      expect(answer).toMatchObject({ status: 200 })
      expect(answer.json).toEqual({
        data: { token: expect.stringMatching(/^VAT [\w-]+\.[\w-]+\.[\w-]+$/), expires_at: expect.any(Number) },
        meta: {},
      })
      const minutes = (answer.json.data.expires_at - Date.now()) / 60_000
      expect(minutes).toBeGreaterThan(11)
      expect(minutes).toBeLessThanOrEqual(13)
    })

    it('gives guests and strangers none', async () => {
      const guest = open()
      await submitted(guest)
      for (const browser of [guest, open()]) {
        expectInternalProblem(await browser.send('GET', tokenPath), {
          status: 401,
          title: 'Unauthorized',
          type: 'unauthorized',
          detail: 'Unauthorized',
        })
      }
    })
  })

  describe('POST /api/public/v1/orders/payments', () => {
    it('stores a card that has paid, where the customer asked for it', async () => {
      const browser = open()
      const { vault } = await customerWithCards(browser)
      expect(await vault.list()).toMatchObject({ status: 200 })
      expect((await vault.list()).json).toEqual({ vaulted_instruments: [instrument()] })
    })

    it('stores none that nobody asked for, none of guests, and none that did not pay', async () => {
      const kept = async () => (await server().storage.sql.query('select 1 from stored_cards')).count
      const before = await kept()
      const guest = open()
      await storeCard(guest)
      const browser = open()
      await signedIn(browser)
      await storeCard(browser, visa, { vault_payment_instrument: false })
      const order = await submitted(browser)
      expect((await payBy(browser, order, storing('4000000000000002'))).status).toBe(400)
      expect((await payBy(browser, order, storing('4000000000003220'))).json.status).toBe('additional_action_required')
      expect((await (await openVault(browser)).list()).json).toEqual({ vaulted_instruments: [] })
      expect(await kept()).toBe(before)
    })

    it('keeps neither number nor security code, in no table and no line of the log', async () => {
      const browser = open()
      await signedIn(browser)
      await payBy(browser, await submitted(browser), {
        payment: {
          gateway: 'bigpaypay',
          vault_payment_instrument: true,
          credit_card: { number: visa, month: 12, year: 2040, verification_value: '9173' },
        },
      })
      const { rows } = await server().storage.sql.query(
        `select json_agg(c)::text as text from stored_cards c union all select json_agg(g)::text from gateway_records g
          union all select json_agg(o)::text from orders o union all select json_agg(p)::text from payments p
          union all select json_agg(e)::text from outbox e`,
      )
      const written = rows.map(row => String(row.text)).join('\n') + server().log.join('\n')
      expect(written).toContain('"last_four":"1111"')
      expect(written).not.toContain(visa)
      // As a word of its own: random ids have all digits now and then.
      expect(written).not.toMatch(/(?<![\w-])9173(?![\w-])/)
    })

    it('tells the same card by its figures: stored again it has the same token, and one entry', async () => {
      const browser = open()
      const { vault, token } = await customerWithCards(browser)
      await storeCard(browser, visa, { set_as_default_stored_instrument: true })
      expect((await vault.list()).json.vaulted_instruments).toEqual([
        instrument({ bigpay_token: token, default_instrument: true }),
      ])
    })

    it('keeps nothing of a repetition that brings another card than the one that paid', async () => {
      const browser = open()
      await signedIn(browser)
      const order = await submitted(browser)
      expect((await payBy(browser, order, storing(visa))).status).toBe(200)
      expect((await payBy(browser, order, storing(mastercard))).status).toBe(200)
      expect((await (await openVault(browser)).list()).json.vaulted_instruments).toEqual([instrument()])
    })

    it('pays by a stored card, with its security code, as often as wanted', async () => {
      const browser = open()
      const { token } = await customerWithCards(browser)
      for (const more of [{}, { credit_card_number_confirmation: visa }]) {
        const order = await submitted(browser)
        const paid = await payBy(browser, order, stored(token, more))
        expect([paid.status, paid.json]).toEqual([200, { status: 'ok', errors: [] }])
        const { orderId } = order.json.data.order
        expect((await browser.send('GET', `/api/storefront/orders/${orderId}`)).json.status).toBe(
          'AWAITING_FULFILLMENT',
        )
      }
    })

    it('takes the vault access token beside the order’s, as the client sends both, but not in its place', async () => {
      const browser = open()
      const { vault, token } = await customerWithCards(browser)
      const order = await submitted(browser)
      const jwt = order.headers.token ?? ''
      const by = (header: string) => payBy(browser, { ...order, headers: { token: header } }, stored(token))
      for (const header of [vault.authorization, `${vault.authorization}, ${jwt}`, `${jwt}, VAT`, `${jwt}, ${jwt}`]) {
        expect((await by(header)).json).toEqual(failed('invalid_payment_token', 'The payment token is not valid.'))
      }
      expect((await by(`${jwt}, ${vault.authorization}`)).json).toEqual({ status: 'ok', errors: [] })
    })

    it('is paid once by ten payments at once, and by the same again', async () => {
      const browser = open()
      const { token } = await customerWithCards(browser)
      const order = await submitted(browser)
      const answers = await Promise.all(Array.from({ length: 10 }, () => payBy(browser, order, stored(token))))
      expect(answers.map(answer => answer.json)).toEqual(answers.map(() => ({ status: 'ok', errors: [] })))
      expect((await payBy(browser, order, stored(token))).status).toBe(200)
      const placed = await server().storage.orders.read({ number: String(order.json.data.order.orderId) })
      const payments = await server().storage.payments.ofOrder(placed?.id ?? '')
      expect(payments.map(({ state }) => state)).toEqual(['captured'])
    })

    it.each([
      ['no security code', { verification_value: null }, 'payment_data', 'The payment lacks data.'],
      ['half a security code', { verification_value: '1' }, 'payment_declined', 'The payment was declined.'],
      [
        'another number',
        { credit_card_number_confirmation: mastercard },
        'payment_declined',
        'The payment was declined.',
      ],
    ])('refuses a stored card with %s; the order can be paid then', async (_what, more, code, message) => {
      const browser = open()
      const { token } = await customerWithCards(browser)
      const order = await submitted(browser)
      const refused = await payBy(browser, order, stored(token, more))
      expect([refused.status, refused.json]).toEqual([400, failed(code, message)])
      expect((await payBy(browser, order, stored(token))).status).toBe(200)
    })

    it('refuses a card of another customer, to guests too, and one that there never was', async () => {
      const { token } = await customerWithCards(open())
      const other = open()
      await signedIn(other)
      const guest = open()
      for (const browser of [other, guest]) {
        const order = await submitted(browser)
        for (const named of [token, 'f'.repeat(64), '']) {
          const refused = await payBy(browser, order, stored(named))
          expect([refused.status, refused.json]).toEqual([400, unknownCard])
        }
      }
    })

    it('refuses to store by a method that keeps no cards, and to pay by one', async () => {
      const browser = open()
      const { token } = await customerWithCards(browser)
      const order = await submitted(browser)
      const message = 'Payment instruments cannot be stored for this way of paying.'
      for (const payment of [
        { gateway: 'cheque', vault_payment_instrument: true },
        { gateway: 'cheque', bigpay_token: { token } },
      ]) {
        const refused = await payBy(browser, order, { payment })
        expect([refused.status, refused.json]).toEqual([400, failed('vault_disabled', message)])
      }
      expect((await payBy(browser, order, stored(token))).status).toBe(200)
    })

    it('makes a card the default when it pays and is asked to; the last one is, and is told of', async () => {
      const browser = open()
      const { vault, tokens } = await customerWithCards(browser, [mastercard, visa])
      const [newest = '', oldest = ''] = tokens
      const makesDefault = { set_as_default_stored_instrument: true }
      const config = async () => {
        const order = await submitted(browser)
        const methods = await browser.send('GET', '/api/storefront/payments')
        const { config } = methods.json.find((one: { id: string }) => one.id === 'bigpaypay')
        return { order, hasDefault: config.hasDefaultStoredInstrument }
      }
      const before = await config()
      expect(before.hasDefault).toBe(false)
      expect((await payBy(browser, before.order, stored(oldest, {}, makesDefault))).status).toBe(200)
      const after = await config()
      expect(after.hasDefault).toBe(true)
      expect((await vault.list()).json.vaulted_instruments).toMatchObject([
        { bigpay_token: oldest, brand: 'mastercard', last_4: '4444', default_instrument: true },
        { bigpay_token: newest, brand: 'visa', last_4: '1111', default_instrument: false },
      ])
      expect((await payBy(browser, after.order, stored(newest, {}, makesDefault))).status).toBe(200)
      expect((await vault.list()).json.vaulted_instruments).toMatchObject([
        { bigpay_token: newest, default_instrument: true },
        { bigpay_token: oldest, default_instrument: false },
      ])
    })
  })

  describe('GET /api/v3/stores/:storeId/shoppers/:shopperId/instruments', () => {
    it('POST /api/v3/stores/:storeId/shoppers/:shopperId/instruments/trusted_shipping_address lists the same', async () => {
      const browser = open()
      const { vault } = await customerWithCards(browser, [visa, mastercard])
      const listed = await vault.list()
      const headers = { authorization: vault.authorization, accept: 'application/json' }
      const answer = await open().send('POST', instrumentPaths(vault.shopperId).trusted, {
        headers,
        body: { shipping_address: { address_line_1: austin.address1, city: austin.city, country_code: 'US' } },
      })
      expect([answer.status, answer.json]).toEqual([200, listed.json])
      expect(listed.json.vaulted_instruments).toEqual([
        instrument({ brand: 'mastercard', last_4: '4444' }),
        instrument(),
      ])
    })

    it('takes no token but that of this very customer and store', async () => {
      const { vault } = await customerWithCards(open())
      const other = open()
      await signedIn(other)
      const theirs = await openVault(other)
      const grant = {
        storeHash: 'demo',
        storeId: 1,
        customerId: 'nobody',
        customerVersion: 1,
        shopperId: vault.shopperId,
      }
      const { operations } = server()
      const old = await writeVaultToken(grant, operations, new Date(Date.now() - 16 * 60_000))
      const elsewhere = await writeVaultToken({ ...grant, storeHash: 'other' }, operations)
      const foreign = [
        '',
        'VAT nothing',
        vault.authorization.slice('VAT '.length),
        `${vault.authorization}x`,
        theirs.authorization,
        old.token,
        elsewhere.token,
      ]
      const { list, trusted, one } = instrumentPaths(vault.shopperId)
      for (const authorization of foreign) {
        const headers = { authorization, accept: 'application/json' }
        expect(await other.send('GET', list, { headers })).toMatchObject(badToken)
        expect(await other.send('POST', trusted, { headers, body: {} })).toMatchObject(badToken)
        expect(await other.send('DELETE', one('f'.repeat(64)), { headers })).toMatchObject(badToken)
      }
      const headers = { authorization: vault.authorization, accept: 'application/json' }
      expect(await other.send('GET', instrumentPaths(vault.shopperId, 2).list, { headers })).toMatchObject(badToken)
    })

    it('is no payments token, and a payments token is none', async () => {
      const browser = open()
      const { vault, token } = await customerWithCards(browser)
      const order = await submitted(browser)
      const jwt = (order.headers.token ?? '').replace('JWT ', '')
      const headers = { authorization: `VAT ${jwt}`, accept: 'application/json' }
      expect(await browser.send('GET', instrumentPaths(vault.shopperId).list, { headers })).toMatchObject(badToken)
      const swapped = { ...order, headers: { token: vault.authorization.replace('VAT', 'JWT') } }
      expect((await payBy(browser, swapped, stored(token))).status).toBe(401)
    })
  })

  describe('DELETE /api/v2/stores/:storeId/shoppers/:shopperId/instruments/:instrumentId', () => {
    it('deletes a card, which pays nothing from then on; the others stay', async () => {
      const browser = open()
      const { vault, tokens } = await customerWithCards(browser, [visa, mastercard])
      const [gone = '', other = ''] = tokens
      const left = { vaulted_instruments: [instrument({ bigpay_token: other })] }
      const answer = await vault.delete(gone)
      expect([answer.status, answer.json]).toEqual([200, left])
      expect((await vault.list()).json).toEqual(left)
      const again = await vault.delete(gone)
      expect([again.status, again.json]).toEqual([404, unknownCard])
      const order = await submitted(browser)
      const refused = await payBy(browser, order, stored(gone))
      expect([refused.status, refused.json]).toEqual([400, unknownCard])
      expect((await payBy(browser, order, stored(other))).status).toBe(200)
    })

    it('deletes no card of another customer', async () => {
      const { vault, token } = await customerWithCards(open())
      const other = open()
      await signedIn(other)
      const answer = await (await openVault(other)).delete(token)
      expect([answer.status, answer.json]).toEqual([404, unknownCard])
      expect((await vault.list()).json.vaulted_instruments).toHaveLength(1)
    })

    it('at the moment of a payment: the order is paid, or the card was gone', async () => {
      const browser = open()
      await signedIn(browser)
      for (let round = 0; round < 5; round += 1) {
        await storeCard(browser)
        const vault = await openVault(browser)
        const { vaulted_instruments } = (await vault.list()).json
        const token: string = vaulted_instruments[0].bigpay_token
        const order = await submitted(browser)
        const [paid, deleted] = await Promise.all([payBy(browser, order, stored(token)), vault.delete(token)])
        expect(deleted.status).toBe(200)
        const { orderId } = order.json.data.order
        const { status } = (await browser.send('GET', `/api/storefront/orders/${orderId}`)).json
        expect([
          [200, { status: 'ok', errors: [] }, 'AWAITING_FULFILLMENT'],
          [400, unknownCard, 'INCOMPLETE'],
        ]).toContainEqual([paid.status, paid.json, status])
        // Whatever came of it, nothing is left to pay by.
        expect((await vault.list()).json).toEqual({ vaulted_instruments: [] })
      }
    })
  })

  it('a customer who is forgotten leaves no card, and none comes after', async () => {
    const browser = open()
    const { vault, token } = await customerWithCards(browser)
    const order = await submitted(browser)
    const { orderId } = order.json.data.order
    const placed = await server().storage.orders.read({ number: String(orderId) })
    const owner = placed?.owner
    if (owner?.kind !== 'member') throw new Error('the order is the customer’s')
    const forgotten = await server().operations.anonymizeCustomer({ kind: 'system' }, { id: owner.customerId })
    expect(forgotten).toEqual({ ok: true, value: null })
    const kept = () => server().storage.storedCards.list(owner.customerId, 'us')
    expect(await kept()).toEqual([])
    // The token of before is one no more: docs/reliability.md.
    expect((await vault.list()).status).toBe(401)
    expect((await payBy(browser, order, stored(token))).json).toEqual(unknownCard)
    expect((await payBy(browser, order, storing(visa))).status).toBe(200)
    expect(await kept()).toEqual([])
    expect((await openBrowser(server(), browser.cookies).send('GET', tokenPath)).status).toBe(401)
  })
})
