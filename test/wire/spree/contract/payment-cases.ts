import { expect } from 'vitest'
import { listForm, paymentForm } from '../forms.js'
import { card, check, creditCard } from '../shop.js'
import {
  blankCard,
  type Case,
  type Contract,
  gateway,
  invalid,
  missing,
  notFound,
  strangers,
  unauthorized,
} from './case.js'

// dialects/spree.md 3.10.

/** What every action shares: who may, and of which payment. */
const acts = (body: object = {}): readonly Case[] => [
  { is: 'is for administrators', at: 'complete', body, status: 401, whole: unauthorized },
  {
    is: 'knows no such payment',
    at: 'complete',
    by: 'admin',
    params: { payment: 'PNONE000' },
    body,
    status: 404,
    whole: notFound,
  },
  {
    is: 'knows no such order',
    by: 'admin',
    params: { number: 'R000000000' },
    body,
    status: 404,
    whole: notFound,
  },
]

const puts: readonly Case[] = [
  {
    is: 'changes the amount while nothing was charged',
    at: 'confirm',
    by: 'admin',
    body: { payment: { amount: '12.5' } },
    status: 200,
    form: paymentForm,
    has: { amount: '12.5', display_amount: '$12.50', state: 'checkout' },
  },
  {
    is: 'changes no payment that is completed',
    at: 'paid',
    by: 'admin',
    body: { payment: { amount: '1.0' } },
    status: 403,
    whole: { error: 'This payment cannot be updated because it is completed.' },
  },
  {
    is: 'refuses an amount that is none',
    at: 'confirm',
    by: 'admin',
    body: { payment: { amount: 'much' } },
    status: 422,
    whole: invalid({ amount: ['is not a number'] }),
  },
  { is: 'needs a payment', at: 'confirm', by: 'admin', body: {}, status: 422, whole: missing('payment') },
  ...acts({ payment: { amount: '1.0' } }),
]

export const paymentContract: Contract = {
  'GET /api/orders/:number/payments': [
    {
      is: 'lists payments',
      at: 'complete',
      status: 200,
      form: listForm('payments', paymentForm),
      has: { count: 1, current_page: 1, pages: 1 },
    },
    {
      is: 'is empty behind the last page',
      at: 'complete',
      query: '?page=2',
      status: 200,
      whole: { payments: [], count: 0, current_page: 2, pages: 1 },
    },
    ...strangers('complete'),
  ],
  'GET /api/orders/:number/payments/new': [
    {
      is: 'names attributes and ways to pay',
      at: 'payment',
      status: 200,
      whole: {
        attributes: [
          'id',
          'number',
          'source_type',
          'source_id',
          'amount',
          'display_amount',
          'payment_method_id',
          'state',
          'avs_response',
          'response_code',
          'created_at',
          'updated_at',
        ],
        payment_methods: [
          { id: creditCard, name: 'Credit Card', description: null, method_type: 'gateway' },
          { id: check, name: 'Check', description: null, method_type: 'check' },
        ],
      },
    },
    ...strangers('payment'),
  ],
  'POST /api/orders/:number/payments': [
    {
      is: 'chooses a payment, and takes no step',
      at: 'payment',
      body: { payment: { payment_method_id: creditCard, amount: '$55.37', source_attributes: card } },
      status: 201,
      form: paymentForm,
      has: { state: 'checkout', amount: '55.37', source_type: 'Spree::CreditCard', response_code: null },
      after: { state: 'payment' },
    },
    {
      is: 'makes the one before it invalid',
      at: 'confirm',
      body: { payment: { payment_method_id: check } },
      status: 201,
      form: paymentForm,
      has: { state: 'checkout', amount: '55.37', source_type: null },
      after: { payments: [{ state: 'invalid' }, { state: 'checkout' }] },
    },
    { is: 'needs a payment', at: 'payment', body: {}, status: 422, whole: missing('payment') },
    {
      is: 'knows no such way to pay',
      at: 'payment',
      body: { payment: { payment_method_id: 99 } },
      status: 404,
      whole: notFound,
    },
    {
      is: 'asks for all of a card',
      at: 'payment',
      body: { payment: { payment_method_id: creditCard } },
      status: 422,
      whole: invalid(blankCard),
    },
    {
      is: 'refuses an amount that is none',
      at: 'payment',
      body: { payment: { payment_method_id: check, amount: 'much' } },
      status: 422,
      whole: invalid({ amount: ['is not a number'] }),
    },
    {
      is: 'adds none to a completed order',
      at: 'complete',
      body: { payment: { payment_method_id: check } },
      status: 401,
      whole: unauthorized,
    },
    ...strangers('payment', { payment: { payment_method_id: check } }),
  ],
  'GET /api/orders/:number/payments/:payment': [
    {
      is: 'shows a payment by its number',
      at: 'complete',
      status: 200,
      form: paymentForm,
      has: { state: 'pending', amount: '55.37', response_code: expect.any(String) },
    },
    { is: 'knows no such payment', at: 'complete', params: { payment: 'PNONE000' }, status: 404, whole: notFound },
    ...strangers('complete'),
  ],
  'PUT /api/orders/:number/payments/:payment': puts,
  'PATCH /api/orders/:number/payments/:payment': puts,
  'PUT /api/orders/:number/payments/:payment/authorize': [
    { is: 'is content with what is reserved', at: 'complete', by: 'admin', status: 200, has: { state: 'pending' } },
    ...acts(),
  ],
  'PUT /api/orders/:number/payments/:payment/capture': [
    {
      is: 'takes what is reserved',
      at: 'complete',
      by: 'admin',
      status: 200,
      form: paymentForm,
      has: { state: 'completed', amount: '55.37' },
    },
    { is: 'takes nothing twice', at: 'paid', by: 'admin', status: 200, has: { state: 'completed' } },
    {
      is: 'takes no more than is reserved',
      at: 'complete',
      by: 'admin',
      body: { amount: '99.0' },
      status: 422,
      whole: gateway('The amount is not possible for this payment.'),
    },
    {
      is: 'refuses an amount that is none',
      at: 'complete',
      by: 'admin',
      body: { amount: 'much' },
      status: 422,
      whole: invalid({ amount: ['is not a number'] }),
    },
    ...acts(),
  ],
  'PUT /api/orders/:number/payments/:payment/purchase': [
    { is: 'takes what is reserved', at: 'complete', by: 'admin', status: 200, has: { state: 'completed' } },
    { is: 'takes nothing twice', at: 'paid', by: 'admin', status: 200, has: { state: 'completed' } },
    ...acts(),
  ],
  'PUT /api/orders/:number/payments/:payment/void': [
    {
      is: 'gives up what is reserved',
      at: 'complete',
      by: 'admin',
      status: 200,
      form: paymentForm,
      has: { state: 'void' },
    },
    { is: 'gives back what was taken', at: 'paid', by: 'admin', status: 200, has: { state: 'void' } },
    ...acts(),
  ],
  'PUT /api/orders/:number/payments/:payment/credit': [
    {
      is: 'gives a part back',
      at: 'paid',
      by: 'admin',
      body: { amount: '10.0' },
      status: 200,
      form: paymentForm,
      has: { state: 'completed' },
      after: { payment_total: '45.37', payments: [{}, { source_type: 'Spree::Payment', amount: '-10.0' }] },
    },
    {
      is: 'gives back what the customer is owed: nothing',
      at: 'paid',
      by: 'admin',
      status: 200,
      has: { state: 'completed' },
      after: { payment_total: '55.37', payments: [{}] },
    },
    {
      is: 'gives back no more than was taken',
      at: 'paid',
      by: 'admin',
      body: { amount: '99.0' },
      status: 422,
      whole: {
        error:
          'This payment can only be credited up to 55.37. Please specify an amount less than or equal to this number.',
      },
    },
    {
      is: 'refuses an amount that is none',
      at: 'paid',
      by: 'admin',
      body: { amount: 'much' },
      status: 422,
      whole: invalid({ amount: ['is not a number'] }),
    },
    ...acts(),
  ],
}
