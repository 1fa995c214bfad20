import { expect } from 'vitest'
import {
  addressForm,
  cardForm,
  catalogForm,
  countryForm,
  countryWithStatesForm,
  listForm,
  productForm,
  stateForm,
  userForm,
  variantForm,
  zoneForm,
} from '../forms.js'
import { address, type Shop } from '../shop.js'
import { type Case, type Contract, invalid, missing, notFound } from './case.js'

// dialects/spree.md 2.4, 3.14, 3.15.

const wrongKey: Case = {
  is: 'knows no such key',
  by: 'nobody',
  query: '?token=wrong',
  status: 401,
  whole: { error: 'Invalid API key (wrong) specified.' },
}

const absent = (params: Readonly<Record<string, string>>): Case => ({
  is: 'knows none of that name',
  by: 'nobody',
  params,
  status: 404,
  whole: notFound,
})

const emptyPage = (plural: string, more: object = {}): Case => ({
  is: 'is empty behind the last page',
  by: 'nobody',
  query: '?page=9999',
  status: 200,
  whole: { count: 0, ...more, current_page: 9999, pages: expect.any(Number), [plural]: [] },
})

/** The id of the first row of a list. */
async function idOf(shop: Shop, path: string, plural: string): Promise<{ readonly id: string }> {
  const { json } = await shop.send('GET', path)
  return { id: String(json[plural][0].id) }
}

/** Users that nobody else of these tests is. */
let users = 0
const newUser = () => {
  users += 1
  return { user: { email: `user-${users}@example.com`, password: 'secret123', password_confirmation: 'secret123' } }
}

const puts: readonly Case[] = [
  {
    is: 'changes an address of its own',
    by: 'second',
    params: { id: '2' },
    body: { user: { ship_address_attributes: address } },
    status: 200,
    form: userForm,
    has: { id: 2, ship_address: { city: 'Albany' } },
  },
  {
    is: 'refuses half an address',
    by: 'second',
    params: { id: '2' },
    body: { user: { bill_address_attributes: { ...address, city: '' } } },
    status: 422,
    whole: invalid({ 'bill_address.city': ["can't be blank"] }),
  },
  {
    is: 'refuses what is no e-mail address',
    by: 'second',
    params: { id: '2' },
    body: { user: { email: 'x' } },
    status: 422,
    whole: invalid({ email: ['is invalid'] }),
  },
  { is: 'needs a user', by: 'second', params: { id: '2' }, body: {}, status: 422, whole: missing('user') },
  {
    is: "is another's",
    by: 'second',
    params: { id: '1' },
    body: { user: { email: 'x@example.com' } },
    status: 404,
    whole: notFound,
  },
  { is: 'is nobody’s', by: 'nobody', params: { id: '1' }, body: {}, status: 404, whole: notFound },
]

export const catalogContract: Contract = {
  'GET /api/products': [
    { is: 'lists products', by: 'nobody', status: 200, form: catalogForm('products', productForm) },
    emptyPage('products', { total_count: expect.any(Number), per_page: 25 }),
    wrongKey,
  ],
  'GET /api/products/:id': [
    {
      is: 'shows a product by its slug',
      by: 'nobody',
      params: { id: 'ruby-on-rails-tote' },
      status: 200,
      form: productForm,
      has: { id: 1, master: { id: 1 } },
    },
    { is: 'shows a product by its id', by: 'nobody', params: { id: '1' }, status: 200, form: productForm },
    absent({ id: 'nothing-of-the-kind' }),
    absent({ id: '424242' }),
  ],
  'GET /api/products/:id/variants': [
    {
      is: 'lists the variants of a product',
      by: 'nobody',
      params: { id: '1' },
      status: 200,
      form: catalogForm('variants', variantForm),
      has: { count: 1, total_count: 1, variants: [{ id: 1 }] },
    },
    absent({ id: '424242' }),
  ],
  'GET /api/variants': [
    { is: 'lists variants', by: 'nobody', status: 200, form: catalogForm('variants', variantForm) },
    emptyPage('variants', { total_count: expect.any(Number) }),
    wrongKey,
  ],
  'GET /api/variants/:id': [
    { is: 'shows a variant', by: 'nobody', params: { id: '2' }, status: 200, form: variantForm, has: { id: 2 } },
    absent({ id: '424242' }),
  ],
  'GET /api/countries': [
    {
      is: 'lists countries by name, whatever key comes along',
      by: 'nobody',
      query: '?per_page=2&token=wrong',
      status: 200,
      form: listForm('countries', countryForm),
      has: { count: 2, countries: [{ name: 'Afghanistan' }, {}] },
    },
    emptyPage('countries'),
  ],
  'GET /api/countries/:id': [
    {
      is: 'shows a country with its states',
      by: 'nobody',
      params: { id: '236' },
      status: 200,
      form: countryWithStatesForm,
      has: { iso: 'US' },
    },
    absent({ id: '99999' }),
  ],
  'GET /api/countries/:id/states': [
    {
      is: 'lists the states of a country',
      by: 'nobody',
      params: { id: '236' },
      status: 200,
      form: { keys: ['states_required', 'states'], inner: { states: stateForm } },
      has: { states_required: true },
    },
    absent({ id: '99999' }),
  ],
  'GET /api/states': [
    {
      is: 'lists states that are called so',
      by: 'nobody',
      query: '?q[name_cont]=texas',
      status: 200,
      form: listForm('states', stateForm),
      has: { count: 1, states: [{ abbr: 'TX' }] },
    },
    emptyPage('states'),
  ],
  'GET /api/states/:id': [
    {
      is: 'shows a state',
      by: 'nobody',
      params: shop => idOf(shop, '/api/states?q[name_cont]=texas', 'states'),
      status: 200,
      form: stateForm,
    },
    absent({ id: '1' }),
  ],
  'GET /api/zones': [
    {
      is: 'lists zones',
      by: 'nobody',
      status: 200,
      form: listForm('zones', zoneForm),
      has: { count: 1, zones: [{ name: 'North America' }] },
    },
    wrongKey,
  ],
  'GET /api/zones/:id': [
    {
      is: 'shows a zone',
      by: 'nobody',
      params: shop => idOf(shop, '/api/zones', 'zones'),
      status: 200,
      form: zoneForm,
      has: { name: 'North America' },
    },
    absent({ id: '1' }),
  ],
  'GET /api/config': [
    { is: 'names the country of the store', by: 'nobody', status: 200, whole: { default_country_id: 236 } },
    wrongKey,
  ],
  'GET /api/config/money': [
    {
      is: 'says how money is written',
      by: 'nobody',
      status: 200,
      whole: {
        symbol: '$',
        symbol_position: 'before',
        no_cents: false,
        decimal_mark: '.',
        thousands_separator: ',',
      },
    },
    wrongKey,
  ],
  'POST /api/users': [
    { is: 'makes a user', by: 'nobody', body: newUser, status: 201, form: userForm, has: { bill_address: null } },
    {
      is: 'refuses what a user cannot be',
      by: 'nobody',
      body: { user: { email: 'x', password: 'a', password_confirmation: 'b' } },
      status: 422,
      whole: invalid({
        email: ['is invalid'],
        password: ['is too short (minimum is 6 characters)'],
        password_confirmation: ["doesn't match Password"],
      }),
    },
    {
      is: 'refuses what is missing',
      by: 'nobody',
      body: { user: { email: '' } },
      status: 422,
      whole: invalid({ email: ["can't be blank"], password: ["can't be blank"] }),
    },
    {
      is: 'refuses an address that somebody has',
      by: 'nobody',
      body: { user: { email: 'customer@polytill.test', password: 'secret123' } },
      status: 422,
      whole: invalid({ email: ['has already been taken'] }),
    },
    { is: 'needs a user', by: 'nobody', body: {}, status: 422, whole: missing('user') },
  ],
  'GET /api/users/:id': [
    {
      is: 'shows a user their record',
      by: 'customer',
      params: { id: '1' },
      status: 200,
      form: userForm,
      has: { id: 1 },
    },
    { is: 'shows administrators any', by: 'admin', params: { id: '1' }, status: 200, form: userForm },
    { is: "is another's", by: 'second', params: { id: '1' }, status: 404, whole: notFound },
    { is: 'is nobody’s', by: 'nobody', params: { id: '1' }, status: 404, whole: notFound },
  ],
  'PUT /api/users/:id': puts,
  'PATCH /api/users/:id': puts,
  'GET /api/users/:id/credit_cards': [
    {
      is: "lists a user's cards",
      by: 'customer',
      params: { id: '1' },
      status: 200,
      form: listForm('credit_cards', cardForm),
    },
    { is: "is another's", by: 'second', params: { id: '1' }, status: 404, whole: notFound },
  ],
  'POST /login': [
    {
      is: 'answers a key',
      by: 'nobody',
      body: { spree_user: { email: 'customer@polytill.test', password: 'change123' } },
      status: 200,
      form: {
        keys: ['user', 'bill_address', 'ship_address'],
        inner: {
          user: { keys: ['id', 'email', 'spree_api_key'] },
          bill_address: addressForm,
          ship_address: addressForm,
        },
      },
    },
    {
      is: 'refuses wrong credentials',
      by: 'nobody',
      body: { spree_user: { email: 'customer@polytill.test', password: 'wrong' } },
      status: 422,
      whole: { error: 'Invalid email or password.' },
    },
  ],
  'GET /logout': [{ is: 'says nothing', by: 'nobody', status: 204, whole: '' }],
}
