import { expect, it } from 'vitest'
import { describeOnEachDatabase, type TestServer } from '../support/test-server.js'
import { address, card, checkout, invoice, purchase } from '../wire/spryker/basket.js'
import { choose, guestCart, handIn, openTill, orphaned, sell } from './till.js'

/** Every way a card goes: approved, declined by each rule, sent to a page, not answered in time, answered wrongly. */
const numbers = [
  '4111111111111111',
  '5555555555554444',
  '4000000000000002',
  '4000000000009995',
  '4000000000003220',
  '4000000000001208',
  '4000000000001307',
  '4000000000001505',
  '4000000000001703',
  '4111111111111112',
  '4000000000003014',
]
/** Three and four digits that stand nowhere else: between letters or signs, never inside another number. */
const codes = ['741', '9374']

describeOnEachDatabase(
  'card data',
  getServer => {
    it('is in no column of any table and in no log line after a run with cards', async () => {
      const server = getServer()
      const till = await openTill(server)
      for (const [position, number] of numbers.entries()) {
        const { who, cartId } = await guestCart(till)
        const payment = secretCard(number, codes[position % 2] ?? '')
        const answer = await checkout(till.glue, who, purchase(cartId, { payments: [payment] }), '?include=orders')
        expect([201, 422]).toContain(answer.status)
        expect(answer.text).not.toContain(number)
        const { redirectUrl, orderReference } = answer.json.data?.attributes ?? {}
        if (typeof redirectUrl === 'string') {
          const { payload } = await choose(till, redirectUrl, 'approved')
          expect((await handIn(till, orderReference, payload)).status).toBe(201)
        }
      }
      await till.recoverAfter(orphaned)
      await till.expectBooksInOrder()
      await expectNoTrace(server)
      // The searches do find what is there.
      expect(await tablesWith(server, 'lastFour')).toContain('payments')
      expect(await rowsWithCode(server, '4444')).not.toEqual([])
    })

    it('is in no trace of requests that are refused, repeated, or put it where it does not belong', async () => {
      const server = getServer()
      const till = await openTill(server)
      const { who, cartId } = await guestCart(till)
      const number = '4111111111111111'
      const secret = secretCard(number, codes[1] ?? '')
      const misplaced: readonly object[] = [
        { payments: [{ ...secret, paymentProviderName: 'Nobody' }] },
        {
          payments: [
            {
              ...invoice,
              dummyPaymentCreditCard: (secret as { dummyPaymentCreditCard: object }).dummyPaymentCreditCard,
            },
          ],
        },
        { payments: [secret], billingAddress: { ...address, iso2Code: 'XX' } },
        { payments: [secret], shipment: { idShipmentMethod: 99 } },
        { payments: [secret, secret] },
      ]
      for (const changes of misplaced) {
        const headers = { 'idempotency-key': crypto.randomUUID() }
        const attributes = purchase(cartId, changes)
        for (let times = 0; times < 2; times += 1) await checkout(till.glue, who, attributes, '', { headers })
      }
      const broken = JSON.stringify({
        data: { type: 'checkout', attributes: purchase(cartId, { payments: [secret] }) },
      })
      const unreadable = await till.glue.send('POST', '/checkout', { ...who, body: broken.slice(0, -1) })
      expect(unreadable.status).toBe(400)
      await expectNoTrace(server)
    })

    it('is in no trace of a payment that crashed at the gateway', async () => {
      const server = getServer()
      const till = await openTill(server)
      const number = '4111111111111111'
      const odd = {
        number,
        expiryMonth: 12,
        expiryYear: 2099,
        securityCode: codes[0] ?? '',
        holder: 'A',
        mode: 'mistyped',
      }
      const { answer } = await sell(till, '', { instruments: [odd] })
      expect(answer).toMatchObject({ ok: false, error: { code: 'payment_declined', reason: 'mode_unknown' } })
      await expectNoTrace(server)
    })
  },
  { gatewayWaitMilliseconds: 1_500 },
)

function secretCard(number: string, securityCode: string): object {
  const plain = card(number) as { readonly dummyPaymentCreditCard: object }
  return { ...plain, dummyPaymentCreditCard: { ...plain.dummyPaymentCreditCard, cardSecurityCode: securityCode } }
}

/** Holds that neither numbers (as written, or in groups of four) nor codes stand anywhere. */
async function expectNoTrace(server: TestServer): Promise<void> {
  const log = server.log.join('\n')
  expect(log.length).toBeGreaterThan(0)
  for (const number of numbers) {
    for (const text of [number, number.replace(/(\d{4})(?=\d)/g, '$1 '), number.replace(/(\d{4})(?=\d)/g, '$1-')]) {
      expect(await tablesWith(server, text)).toEqual([])
      expect(log).not.toContain(text)
    }
  }
  for (const code of codes) {
    expect(await rowsWithCode(server, code)).toEqual([])
    expect(log).not.toMatch(new RegExp(`[Cc]ode"?[:=] ?"?${code}`))
  }
}

async function tablesOf({ storage }: TestServer): Promise<readonly string[]> {
  const { rows } = await storage.sql.query<{ name: string }>(
    `select format('%I', tablename) as name from pg_tables where schemaname = 'public' order by 1`,
  )
  return rows.map(({ name }) => name)
}

/** Tables with that text anywhere in a row, all columns as text. */
async function tablesWith(server: TestServer, text: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const table of await tablesOf(server)) {
    const { rows } = await server.storage.sql.query<{ hits: number }>(
      `select count(*)::integer as hits from ${table} t where strpos(t::text, $1) > 0`,
      [text],
    )
    if ((rows[0]?.hits ?? 0) > 0) found.push(table)
  }
  return found
}

/** Rows where the code stands as a value of its own, in the tables that a purchase writes. */
async function rowsWithCode({ storage }: TestServer, code: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const table of ['carts', 'orders', 'payments', 'gateway_records', 'idempotency_keys', 'outbox', 'customers']) {
    const { rows } = await storage.sql.query<{ hit: string }>(
      `select t::text as hit from ${table} t where t::text ~ $1`,
      [`[":]#?${code}[",}]`],
    )
    found.push(...rows.map(({ hit }) => `${table}: ${hit}`))
  }
  return found
}
