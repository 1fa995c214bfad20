import { expect } from 'vitest'
import { orderForm } from '../forms.js'
import { address, addresses, card, paidBy } from '../shop.js'
import {
  blankCard,
  type Case,
  type Contract,
  invalid,
  noTransition,
  notFound,
  strangers,
  unauthorized,
  unknownCoupon,
} from './case.js'

// dialects/spree.md 3.1 to 3.3: what creates an order, and what moves it.

const cannot = (event: string) => noTransition({ state: [`cannot transition via "${event}"`] })

const creates: readonly Case[] = [
  { is: 'makes an empty order of nothing', status: 201, form: orderForm, has: { state: 'cart', user_id: null } },
  {
    is: "makes a user's order",
    by: 'customer',
    status: 201,
    form: orderForm,
    has: { email: 'customer@polytill.test', user_id: expect.any(Number) },
  },
  {
    is: 'takes lines, addresses, a note and a coupon along',
    body: {
      order: {
        line_items: { 0: { variant_id: '1', quantity: '2' }, 1: { sku: 'ROR-10012' } },
        bill_address: address,
        use_billing: '1',
        special_instructions: 'Ring twice',
        coupon_code: ' 10OFF ',
      },
    },
    status: 201,
    form: orderForm,
    has: { total_quantity: 3, special_instructions: 'Ring twice', ship_address: { city: 'Albany' }, state: 'cart' },
  },
  {
    is: 'knows no such variant',
    body: { order: { line_items: [{ variant_id: 424242 }] } },
    status: 404,
    whole: notFound,
  },
  {
    is: 'refuses what is no e-mail address',
    body: { order: { email: 'ann' } },
    status: 422,
    whole: invalid({ email: ['is invalid'] }),
  },
  {
    is: 'refuses a quantity that is none',
    body: { order: { line_items: [{ variant_id: 1, quantity: 'abc' }] } },
    status: 422,
    whole: invalid({ 'line_items.quantity': ['must be an integer'] }),
  },
  {
    is: 'refuses half an address as a whole',
    body: { order: { ship_address: { ...address, city: '', zipcode: 'x' } } },
    status: 422,
    whole: invalid({ 'ship_address.city': ["can't be blank"], 'ship_address.zipcode': ['is invalid'] }),
  },
  {
    is: 'refuses a coupon that is not there',
    body: { order: { line_items: [{ variant_id: 1 }], coupon_code: 'nothing' } },
    status: 422,
    whole: invalid({ coupon_code: [unknownCoupon] }),
  },
  {
    is: 'refuses what cannot be read',
    body: '{"order":',
    status: 422,
    whole: { exception: expect.any(String) },
  },
]

const walks: readonly Case[] = [
  { is: 'takes one step', at: 'cart', status: 200, form: orderForm, has: { state: 'address' } },
  {
    is: 'saves, then takes one step',
    at: 'address',
    body: addresses,
    status: 200,
    form: orderForm,
    has: { state: 'delivery', email: 'ann@example.com' },
  },
  { is: 'goes on to the payment', at: 'delivery', status: 200, form: orderForm, has: { state: 'payment' } },
  {
    is: 'keeps a card and waits for a word',
    at: 'payment',
    body: paidBy(),
    status: 200,
    form: orderForm,
    has: { state: 'confirm', payments: [{ state: 'checkout' }] },
  },
  {
    is: 'completes',
    at: 'confirm',
    status: 200,
    form: orderForm,
    has: { state: 'complete', completed_at: expect.any(String), payment_state: 'balance_due' },
  },
  { is: 'answers a repeat with the order', at: 'complete', status: 200, form: orderForm, has: { state: 'complete' } },
  {
    is: 'goes back, and re-runs that step',
    at: 'payment',
    body: { state: 'address', ...addresses },
    status: 200,
    form: orderForm,
    has: { state: 'delivery' },
  },
  {
    is: 'saves what came along although the step fails',
    at: 'payment',
    body: { order: { special_instructions: 'Ring twice' } },
    status: 422,
    whole: noTransition({ base: ['No payment found'] }),
    after: { state: 'payment', special_instructions: 'Ring twice' },
  },
  {
    is: 'needs an e-mail address behind the address',
    at: 'address',
    status: 422,
    whole: noTransition({ email: ["can't be blank"] }),
  },
  {
    is: 'needs a place that goods go to',
    at: 'address',
    body: { order: { email: 'ann@example.com' } },
    status: 422,
    whole: noTransition({ base: ['We are unable to calculate shipping rates for the selected items.'] }),
    after: { state: 'address', email: 'ann@example.com' },
  },
  {
    is: 'refuses a jump ahead',
    at: 'address',
    body: { state: 'confirm' },
    status: 422,
    whole: noTransition({ state: ['is invalid'] }),
  },
  {
    is: 'refuses a state that is none',
    at: 'address',
    body: { state: 'nowhere' },
    status: 422,
    whole: noTransition({ state: ['is invalid'] }),
  },
  {
    is: 'refuses wrong attributes, and saves none',
    at: 'delivery',
    body: { order: { email: 'x', special_instructions: 'Ring', bill_address_attributes: { ...address, phone: '' } } },
    status: 422,
    whole: invalid({ email: ['is invalid'], 'bill_address.phone': ["can't be blank"] }),
  },
  {
    is: 'refuses a coupon, and takes no step',
    at: 'delivery',
    body: { order: { coupon_code: 'nothing' } },
    status: 422,
    whole: { error: unknownCoupon },
  },
  {
    is: 'knows no such rate',
    at: 'delivery',
    body: ({ order }) => ({
      order: { shipments_attributes: [{ id: order.shipments[0].id, selected_shipping_rate_id: 1 }] },
    }),
    status: 404,
    whole: notFound,
  },
  {
    is: 'knows no such way to ship',
    at: 'delivery',
    body: { order: { shipping_method_id: 424242 } },
    status: 422,
    whole: invalid({ shipping_method_id: ['is invalid'] }),
  },
  {
    is: 'knows no such way to pay',
    at: 'payment',
    body: { order: { payments_attributes: [{ payment_method_id: 99 }] } },
    status: 404,
    whole: notFound,
  },
  {
    is: 'asks for all of a card',
    at: 'payment',
    body: paidBy({}),
    status: 422,
    whole: invalid(blankCard),
  },
  {
    is: 'asks for what a card lacks',
    at: 'payment',
    body: paidBy({ ...card, verification_value: '' }),
    status: 422,
    whole: invalid({ 'payments.Credit Card': ["Verification Value can't be blank"] }),
  },
  {
    is: "knows no card of nobody's",
    at: 'payment',
    body: { order: { existing_card: 1 } },
    status: 422,
    whole: invalid({ base: ['Invalid credit card.'] }),
  },
  {
    is: 'tells what a gateway says, and the order waits',
    at: 'payment',
    body: paidBy({ ...card, number: '4000000000000002' }),
    status: 200,
    form: orderForm,
    has: { state: 'confirm' },
  },
  {
    is: 'changes no completed order',
    at: 'complete',
    body: { order: { email: 'eve@example.com' } },
    status: 401,
    whole: unauthorized,
  },
  ...strangers('delivery'),
]

export const checkoutContract: Contract = {
  'POST /api/checkouts': creates,
  'POST /api/orders': creates,
  'GET /api/checkouts/:number': [
    { is: 'leads to the order, and keeps the query', at: 'cart', query: '?order_token=x', status: 301, whole: '' },
  ],
  'PUT /api/checkouts/:number': walks,
  'PATCH /api/checkouts/:number': walks,
  'PUT /api/checkouts/:number/next': [
    { is: 'takes one step', at: 'cart', status: 200, form: orderForm, has: { state: 'address' } },
    {
      is: 'saves nothing before it',
      at: 'cart',
      body: { order: { special_instructions: 'Ring' } },
      status: 200,
      form: orderForm,
      has: { state: 'address', special_instructions: null },
    },
    { is: 'says what is missing', at: 'address', status: 422, whole: noTransition({ email: ["can't be blank"] }) },
    { is: 'needs a payment', at: 'payment', status: 422, whole: noTransition({ base: ['No payment found'] }) },
    { is: 'has nowhere to go behind completion', at: 'complete', status: 422, whole: cannot('next') },
    ...strangers('delivery'),
  ],
  'PUT /api/checkouts/:number/advance': [
    { is: 'goes as far as it can', at: 'cart', status: 200, form: orderForm, has: { state: 'address' } },
    { is: 'completes where it can', at: 'confirm', status: 200, form: orderForm, has: { state: 'complete' } },
    { is: 'is content with a completed order', at: 'complete', status: 200, form: orderForm },
    ...strangers('delivery'),
  ],
  'PUT /api/checkouts/:number/complete': [
    {
      is: 'completes at the total that is expected',
      at: 'confirm',
      body: { expected_total: '55.37' },
      status: 200,
      form: orderForm,
      has: { state: 'complete', total: '55.37' },
    },
    {
      is: 'refuses another total',
      at: 'confirm',
      body: { expected_total: '1.0' },
      status: 400,
      whole: {
        error: 'The order could not be transitioned. Please fix the errors and try again.',
        errors: { expected_total: ['does not match the order total'] },
      },
    },
    { is: 'takes no step but the last', at: 'delivery', status: 422, whole: cannot('complete') },
    { is: 'needs a payment', at: 'payment', status: 422, whole: noTransition({ base: ['No payment found'] }) },
    ...strangers('confirm'),
  ],
}
