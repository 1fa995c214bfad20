import { beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../src/core/access/caller.js'
import { checkBooks } from '../../src/operations/check-books.js'
import { openTill, purchaseBy, sell, type Till } from '../operations/till.js'
import { describeOnEachDatabase } from '../support/test-server.js'

/** One entry in the books that somebody falsified: what was done, how it is undone, and all that must be found. */
interface Spoiled {
  readonly what: string
  readonly spoil: string
  readonly mend: string
  /** By rule; `%` stands for what is different in each run. */
  readonly found: Readonly<Record<string, string>>
}

/** Orders of the store under test by what became of them, as SQL. */
const orderWhere = (condition: string): string => `(select id from orders where ${condition} limit 1)`
const member = orderWhere(`owner_kind = 'member'`)
const reserved = orderWhere(`status = 'confirmed' and owner_kind = 'guest'`)
const waiting = orderWhere(`status = 'pending'`)
const canceled = orderWhere(`status = 'canceled'`)
const cartOf = (order: string): string => `(select cart_id from orders where id = ${order})`

/** What two orders may have in common; other columns follow from these. */
const copied = `part_numbering, version, channel, cart_id, purchase, status, owner_kind, owner_key, email_key, currency,
  grand_total, placed_at, deadline, has_holds, stock_taken, coupons_held, body, snapshot`

const spoiled: readonly Spoiled[] = [
  {
    what: 'an order lets go of what it holds',
    spoil: `update orders set has_holds = false where id = ${reserved}`,
    mend: `update orders set has_holds = true where id = ${reserved}`,
    found: { 'holds of orders': 'order % is confirmed and no longer keeps what it took' },
  },
  {
    what: 'a second order of one purchase',
    spoil: `drop index orders_one_per_purchase;
      insert into orders (id, integer_id, number, ${copied}) select 'copy', 999, 'COPY', ${copied} from orders where id = ${reserved}`,
    mend: `delete from orders where id = 'copy';
      create unique index orders_one_per_purchase on orders (cart_id, purchase) where status in ('pending', 'confirmed')`,
    found: {
      'one order per purchase': 'cart %, purchase 0: orders %, COPY all stand',
      'confirmed orders are paid': 'order COPY is confirmed and 0 of 2990 are paid or promised',
      'payment status of orders': 'order COPY says authorized, its payments come to none',
    },
  },
  {
    what: 'a customer who is forgotten but for a card',
    spoil: `insert into stored_cards select repeat('a', 64), id, 'de', 'card', 'sandbox', 'kept', 'visa', '1111', 12, 2040,
        null, now() from customers limit 1;
      update customers set email_key = id || '@anonymous.invalid' where id = (select customer_id from stored_cards)`,
    mend: `update customers set email_key = lower(body ->> 'email') where id = (select customer_id from stored_cards);
      delete from stored_cards`,
    found: { 'stored cards of nobody': 'customer % is forgotten, and 1 cards are still kept' },
  },
  {
    what: 'two orders of one number',
    spoil: `alter table orders drop constraint orders_number_key;
      update orders set email_key = number, number = (select number from orders where id = ${canceled})
        where id = ${waiting}`,
    mend: `update orders set number = email_key, email_key = null where id = ${waiting};
      alter table orders add constraint orders_number_key unique (number)`,
    found: { 'order numbers': '2 orders have the number %' },
  },
  {
    what: 'a price that was changed after the sale',
    spoil: `update orders set grand_total = grand_total - 100 where id = ${reserved}`,
    mend: `update orders set grand_total = grand_total + 100 where id = ${reserved}`,
    found: {
      'order totals':
        'order % costs 2990 by its record, 2890 by its column and 2990 by what gift cards and payments owe',
    },
  },
  {
    what: 'the cart of a sale is open again',
    spoil: `update carts set status = 'open' where id = ${cartOf(reserved)}`,
    mend: `update carts set status = 'closed' where id = ${cartOf(reserved)}`,
    found: { 'carts of orders': 'order % is confirmed, its cart % is open' },
  },
  {
    what: 'a cart that waits for no order',
    spoil: `update carts set status = 'placing' where id = ${cartOf(canceled)}`,
    mend: `update carts set status = 'open' where id = ${cartOf(canceled)}`,
    found: { 'carts without orders': 'cart % is placing and no order stands behind it' },
  },
  {
    what: 'an order that took less than it sold',
    spoil: `update orders set email_key = stock_taken::text, stock_taken = '[{"sku":"MUG-1","location":"x","quantity":1}]'
      where id = ${reserved}`,
    mend: `update orders set stock_taken = email_key::json, email_key = null where id = ${reserved}`,
    found: { 'stock that orders took': 'order % holds 2 of MUG-1 and took 1 from stock' },
  },
  {
    what: 'money that appears on a gift card',
    spoil: `update gift_cards set balance = balance + 7 where code_key = 'gift50demo'`,
    mend: `update gift_cards set balance = balance - 7 where code_key = 'gift50demo'`,
    found: { 'gift card balances': 'gift card ...demo has 7, its ledger comes to 0' },
  },
  {
    what: 'a gift card that paid less than the order says',
    spoil: `update gift_card_ledger set amount = amount + 7 where order_id = ${member};
      update gift_cards set balance = balance + 7 where code_key = 'gift50demo'`,
    mend: `update gift_card_ledger set amount = amount - 7 where order_id = ${member};
      update gift_cards set balance = balance - 7 where code_key = 'gift50demo'`,
    found: { 'gift card payments': 'order % holds 5000 of gift cards, their ledgers say 4993' },
  },
  {
    what: 'store credit that appears in an account',
    spoil: `update gift_cards set balance = balance + 7 where customer_id is not null`,
    mend: `update gift_cards set balance = balance - 7 where customer_id is not null`,
    found: { 'gift card balances': 'gift card ...-usd has 2507, its ledger comes to 2500' },
  },
  {
    what: 'an order that is paid with the store credit of somebody else',
    spoil: `update gift_cards set customer_id = 'somebody' where code_key = 'gift50demo'`,
    mend: `update gift_cards set customer_id = null where code_key = 'gift50demo'`,
    found: { 'store credit of others': 'order % of % is paid with store credit of somebody' },
  },
  {
    what: 'gift card entries of an order that is not there',
    spoil: `insert into gift_card_ledger (code_key, order_id, kind, amount) values
      ('gift50demo', 'nobody', 'hold', -5), ('gift50demo', 'nobody', 'release', 5)`,
    mend: `delete from gift_card_ledger where order_id = 'nobody'`,
    found: { 'gift card entries': 'gift card ...demo: 2 entries of nobody, which is no order' },
  },
  {
    what: 'a spending that was given back with a gain',
    spoil: `insert into gift_card_ledger (code_key, order_id, kind, amount) values
      ('gift50demo', 'transaction:t', 'hold', -5), ('gift50demo', 'transaction:t', 'release', 9);
      update gift_cards set balance = balance + 4 where code_key = 'gift50demo'`,
    mend: `delete from gift_card_ledger where order_id = 'transaction:t';
      update gift_cards set balance = balance - 4 where code_key = 'gift50demo'`,
    found: { 'gift card entries': 'gift card ...demo: 2 entries of transaction:t, which is given back more than once' },
  },
  {
    what: 'a coupon use that was forgotten',
    spoil: `update coupons set used = used - 1 where code_key = 'once'`,
    mend: `update coupons set used = used + 1 where code_key = 'once'`,
    found: { 'coupon uses': 'coupon once: used 0 times, standing orders hold it 1 times' },
  },
  {
    what: 'a promotion use that nobody made',
    spoil: `update promotions set used = used + 3 where id = (select promotion_id from coupons where code_key = 'once')`,
    mend: `update promotions set used = used - 3 where id = (select promotion_id from coupons where code_key = 'once')`,
    found: { 'promotion uses': 'promotion %: used 4 times, standing orders hold it 1 times' },
  },
  {
    what: 'uses of a customer who has no order',
    spoil: `insert into coupon_uses (code_key, customer_id, used) values ('once', 'somebody', 1);
      insert into promotion_uses (promotion_id, customer_id, used)
        select promotion_id, 'somebody', 2 from coupons where code_key = 'once'`,
    mend: `delete from coupon_uses where customer_id = 'somebody';
      delete from promotion_uses where customer_id = 'somebody'`,
    found: {
      'coupon uses of customers': 'coupon once: customer somebody used it 1 times, standing orders hold it 0 times',
      'promotion uses of customers': 'promotion %: customer somebody used it 2 times, standing orders hold it 0 times',
    },
  },
  {
    what: 'a confirmed order whose payment failed',
    spoil: `update payments set state = 'failed' where order_id = ${reserved}`,
    mend: `update payments set state = 'authorized' where order_id = ${reserved}`,
    found: {
      'confirmed orders are paid': 'order % is confirmed and 0 of 2990 are paid or promised',
      'payment status of orders': 'order % says authorized, its payments come to failed',
      'the test gateway agrees': 'payment % is failed, the test gateway keeps 2990',
    },
  },
  {
    what: 'a second payment of one order',
    spoil: `insert into payments select (json_populate_record(p, json_build_object('id', 'twice', 'integer_id', 999,
        'idempotency_key', 'twice', 'provider', 'other'))).* from payments p where order_id = ${reserved}`,
    mend: `delete from payments where id = 'twice'`,
    found: { 'nobody pays twice': 'order % costs 2990, gateways secured 5980 and 0 was taken' },
  },
  {
    what: 'a canceled order that keeps its money',
    spoil: `update payments set state = 'authorized' where order_id = ${canceled}`,
    mend: `update payments set state = 'failed' where order_id = ${canceled}`,
    found: {
      'orders that were given up': 'order % is canceled, its payment % is authorized',
      'the test gateway agrees': 'payment % is authorized, the test gateway keeps 0',
    },
  },
  {
    what: 'a payment that took what it only reserved',
    spoil: `update payments set captured = amount where order_id = ${reserved}`,
    mend: `update payments set captured = 0 where order_id = ${reserved}`,
    found: {
      'amounts of payments': 'payment % of order % is authorized with 2990 taken and 0 given back of 2990',
      'payment status of orders': 'order % says authorized, its payments come to paid',
    },
  },
  {
    what: 'a refund that is written twice',
    spoil: `update payments set refunds = '[{"key":"a","amount":"#100"},{"key":"b","amount":"#100"}]'
      where order_id = ${member}`,
    mend: `update payments set refunds = '[{"key":"a","amount":"#100"}]' where order_id = ${member}`,
    found: { 'refunds of payments': 'payment % gave 100 back, its refunds come to 200' },
  },
  {
    what: 'a payment in another currency',
    spoil: `update payments set currency = 'USD' where order_id = ${reserved}`,
    mend: `update payments set currency = 'EUR' where order_id = ${reserved}`,
    found: { 'currencies of payments': 'payment % is in USD, its order % in EUR' },
  },
  {
    what: 'money at the gateway that no payment knows of',
    spoil: `insert into gateway_records (key, value) values
      ('attempt:stray', '{"state":"authorized","amount":"500","captured":"0","refunds":[]}')`,
    mend: `delete from gateway_records where key = 'attempt:stray'`,
    found: { 'payments have orders': 'the test gateway keeps 500 under stray, which is no payment of ours' },
  },
  {
    what: 'an event of an order that is not there',
    spoil: `insert into outbox (type, subject, data) values ('order.placed', 'nobody', '{}')`,
    mend: `delete from outbox where subject = 'nobody'`,
    found: { 'events of orders': 'an event order.placed waits for order nobody, which does not exist' },
  },
  {
    what: 'an event of something that did not happen',
    spoil: `insert into outbox (type, subject, data) values ('order.canceled', ${reserved}, '{}')`,
    mend: `delete from outbox where subject = ${reserved} and type = 'order.canceled'`,
    found: { 'events of orders': 'an event order.canceled waits for order %, which is confirmed' },
  },
  {
    what: 'a sale that no event tells of',
    spoil: `update outbox set type = 'order.told' where subject = ${reserved} and type = 'order.confirmed'`,
    mend: `update outbox set type = 'order.confirmed' where subject = ${reserved} and type = 'order.told'`,
    found: { 'events that orders lack': 'order % is confirmed, and no event tells of it' },
  },
  {
    what: 'a change of a cart that no event tells of',
    spoil: `update carts set version = version + 1 where id = ${cartOf(canceled)}`,
    mend: `update carts set version = version - 1 where id = ${cartOf(canceled)}`,
    found: { 'events of carts': 'cart % has version %, the last event tells of %' },
  },
  {
    what: 'money that should have gone back long ago',
    spoil: `update payments set state = 'refund_due', created_at = created_at - interval '1 hour' where order_id = ${canceled}`,
    mend: `update payments set state = 'failed', created_at = created_at + interval '1 hour' where order_id = ${canceled}`,
    found: { 'money to give back': 'payment % of order %: the gateway does not say that its 2990 went back' },
  },
  {
    what: 'a payment that nobody asked about',
    spoil: `update payments set state = 'unknown', created_at = created_at - interval '1 hour' where order_id = ${waiting}`,
    mend: `update payments set state = 'requires_action', created_at = created_at + interval '1 hour'
      where order_id = ${waiting}`,
    found: { 'payments that nobody knows of': 'payment % of order % is unknown' },
  },
  {
    what: 'an order that was forgotten',
    spoil: `update orders set deadline = deadline - interval '2 hours' where id = ${waiting}`,
    mend: `update orders set deadline = deadline + interval '2 hours' where id = ${waiting}`,
    found: { 'orders past their deadline': 'order % is pending, its deadline was %' },
  },
]

describeOnEachDatabase('the books', getServer => {
  let till: Till
  beforeAll(async () => {
    till = await openTill(getServer())
    await sellAll(till)
  })

  async function findings(): Promise<Readonly<Record<string, readonly string[]>>> {
    const deps = { books: getServer().storage.books, clock: () => new Date().toISOString() }
    const report = await checkBooks(deps)
    return Object.fromEntries(report.findings.filter(({ total }) => total > 0).map(({ rule, shown }) => [rule, shown]))
  }

  async function run(script: string): Promise<void> {
    for (const text of script.split(';')) await getServer().storage.sql.query(text)
  }

  it('of a store that sold, refunded and canceled balance', async () => {
    expect(await findings()).toEqual({})
    await till.expectBooksInOrder()
  })

  describe('tell of', () => {
    it.each(spoiled)('$what', async ({ spoil, mend, found }) => {
      await run(spoil)
      const seen = await findings()
      await run(mend)
      expect(Object.keys(seen).sort()).toEqual(Object.keys(found).sort())
      for (const [rule, sentence] of Object.entries(found))
        expect(seen[rule]).toEqual([expect.stringMatching(like(sentence))])
      expect(await findings()).toEqual({})
    })
  })

  it('tell of a payment whose order is gone', async () => {
    const { sql } = getServer().storage
    await run('alter table payments drop constraint payments_order_id_fkey')
    await run(`update payments set order_id = 'gone', decline_reason = order_id where order_id = ${canceled}`)
    const seen = await findings()
    await run(`update payments set order_id = decline_reason where order_id = 'gone'`)
    await sql.query('alter table payments add foreign key (order_id) references orders (id)')
    expect(seen).toEqual({
      'payments have orders': [expect.stringMatching(/^payment \S+ is of order gone, which does not exist$/)],
    })
  })

  it('have a case here for every rule', async () => {
    const report = await checkBooks({ books: getServer().storage.books, clock: () => new Date().toISOString() })
    const tried = new Set(spoiled.flatMap(({ found }) => Object.keys(found)))
    expect(report.findings.map(({ rule }) => rule).filter(rule => !tried.has(rule))).toEqual([])
  })

  it('count what they do not show, and what needs a look apart from faults', async () => {
    await run(
      `insert into outbox (type, subject, data) select 'order.placed', 'none-' || n, '{}' from generate_series(1, 25) n`,
    )
    await run(`update orders set deadline = deadline - interval '2 hours' where id = ${waiting}`)
    const report = await checkBooks({ books: getServer().storage.books, clock: () => new Date().toISOString() })
    await run(`delete from outbox where subject like 'none-%'`)
    await run(`update orders set deadline = deadline + interval '2 hours' where id = ${waiting}`)
    expect(report).toMatchObject({ faults: 25, looks: 1 })
    const events = report.findings.find(({ rule }) => rule === 'events of orders')
    expect(events).toMatchObject({ total: 25, grade: 'fault' })
    expect(events?.shown).toHaveLength(20)
  })
})

/** The sentence as a pattern, `%` for any word. */
function like(sentence: string): RegExp {
  const escaped = sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('%', '\\S.*')}$`)
}

/** One order by a customer with coupon, gift card, capture and refund; one reserved, one that waits, one declined. */
async function sellAll(till: Till): Promise<void> {
  const { operations, storage } = till.server
  const { rows } = await storage.sql.query<{ id: string }>('select id from customers order by integer_id limit 1')
  const caller: Caller = { kind: 'member', customerId: rows[0]?.id ?? '' }
  const lines = [
    { sku: 'MUG-1', quantity: 2 },
    { sku: '005_30663301', quantity: 1 },
  ]
  const made = await operations.createCart(caller, { channel: 'de', lines })
  if (!made.ok) throw new Error(made.error.code)
  const cart = { key: { id: made.value.cart.cart.id } }
  for (const code of ['ONCE', 'GIFT50DEMO']) expect((await operations.applyCode(caller, { cart, code })).ok).toBe(true)
  const placed = await operations.placeOrder(caller, { cart, placement: purchaseBy('approve', { capture: true }) })
  if (!placed.ok) throw new Error(placed.error.code)
  const refund = { id: placed.value.payments[0]?.id ?? '', amount: 100n, refundKey: 'a' }
  expect((await operations.refundPayment({ kind: 'system' }, refund)).ok).toBe(true)
  expect((await sell(till, 'approve')).answer.ok).toBe(true)
  expect((await sell(till, 'redirect')).answer.ok).toBe(true)
  expect((await sell(till, 'decline')).answer.ok).toBe(false)
}
