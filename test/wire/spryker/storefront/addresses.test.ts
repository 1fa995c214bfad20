import { expect, it } from 'vitest'
import { describeGlue, expectCustomerOnly, expectError, expectFieldErrors, expectNothing } from '../glue.js'

const required = {
  salutation: 'Ms',
  firstName: 'Ada',
  lastName: 'Tester',
  address1: 'Example street',
  address2: '7',
  zipCode: '10115',
  city: 'Berlin',
  iso2Code: 'DE',
}
const full = { ...required, address3: 'Rear house', company: 'Company', phone: '030123456' }
const flags = { isDefaultShipping: false, isDefaultBilling: false }

interface Wire {
  readonly id: string
  readonly attributes: { readonly isDefaultShipping: boolean; readonly isDefaultBilling: boolean }
}

describeGlue('POST /customers/:reference/addresses', glue => {
  const post = (reference: string, token: string, attributes: object) =>
    glue.send('POST', `/customers/${reference}/addresses`, { token, data: { type: 'addresses', attributes } })

  it('stores an address; the first is default for both whatever it says', async () => {
    const { token, reference } = await glue.newCustomer()
    const answer = await post(reference, token, { ...full, ...flags, country: 'Nowhere' })
    expect(answer.status).toBe(201)
    const { id } = answer.json.data
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(answer.json).toEqual({
      data: {
        type: 'addresses',
        id,
        attributes: { ...full, country: 'Germany', isDefaultShipping: true, isDefaultBilling: true },
        links: { self: `${glue.baseUrl()}/customers/${reference}/addresses/${id}` },
      },
    })
  })

  it('answers null for what was not sent', async () => {
    const { token, reference } = await glue.newCustomer()
    const answer = await post(reference, token, { ...required, ...flags })
    expect(answer.json.data.attributes).toEqual({
      ...required,
      address3: null,
      country: 'Germany',
      company: null,
      phone: null,
      isDefaultShipping: true,
      isDefaultBilling: true,
    })
  })

  it('moves a default to the newer address', async () => {
    const { token, reference } = await glue.newCustomer()
    const first = (await post(reference, token, { ...required, ...flags })).json.data.id
    const second = (await post(reference, token, { ...required, ...flags, isDefaultShipping: true })).json.data.id
    const { json } = await glue.send('GET', `/customers/${reference}/addresses`, { token })
    const seen = json.data.map(({ id, attributes }: Wire) => [
      id,
      attributes.isDefaultShipping,
      attributes.isDefaultBilling,
    ])
    expect(seen).toEqual([
      [first, false, true],
      [second, true, false],
    ])
  })

  it('keeps every one of several at the same moment', async () => {
    const { token, reference } = await glue.newCustomer()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post(reference, token, { ...required, ...flags, isDefaultBilling: true })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201))
    const { json } = await glue.send('GET', `/customers/${reference}/addresses`, { token })
    expect(json.data).toHaveLength(8)
    expect(json.data.filter(({ attributes }: Wire) => attributes.isDefaultBilling)).toHaveLength(1)
  })

  it('tells of every missing and every blank field', async () => {
    const { token, reference } = await glue.newCustomer()
    const names = [...Object.keys(required), ...Object.keys(flags)]
    expectFieldErrors(
      await post(reference, token, { address3: 'Rear house' }),
      names.map(name => `${name} => This field is missing.`),
    )
    const blanks = Object.fromEntries(Object.keys(required).map(name => [name, '']))
    expectFieldErrors(await post(reference, token, { ...blanks, isDefaultShipping: '', isDefaultBilling: 1 }), [
      ...Object.keys(required).map(name => `${name} => This value should not be blank.`),
      'salutation => The value you selected is not a valid choice.',
      'city => This value is too short. It should have 3 characters or more.',
      'isDefaultShipping => This value should be of type bool.',
      'isDefaultBilling => This value should be of type bool.',
    ])
  })

  it('tells of what is too long', async () => {
    const { token, reference } = await glue.newCustomer()
    const long = { ...full, ...flags, iso2Code: 'DEU', zipCode: '1'.repeat(16), phone: '1'.repeat(256) }
    expectFieldErrors(await post(reference, token, long), [
      'iso2Code => This value is too long. It should have 2 characters or less.',
      'zipCode => This value is too long. It should have 15 characters or less.',
      'phone => This value is too long. It should have 255 characters or less.',
    ])
  })

  it('belongs to the customer of the token only', async () => {
    const { token } = await glue.newCustomer()
    for (const reference of ['DE--1', 'DE--10000', '']) {
      const answer = await post(reference, token, { ...required, ...flags })
      expectError(answer, 403, '411', 'Unauthorized request.')
    }
    const sent = { data: { type: 'addresses', attributes: { ...required, ...flags } } }
    await expectCustomerOnly(glue, 'POST', '/customers/DE--1/addresses', sent)
  })
})

describeGlue('GET /customers/:reference/addresses and GET /customers/:reference/addresses/:uuid', glue => {
  it('list the book of the demo customer and show one of it', async () => {
    const { accessToken: token } = await glue.signIn('customer@polytill.test', 'change123')
    const list = await glue.send('GET', '/customers/DE--1/addresses', { token })
    expect(list.status).toBe(200)
    expect(list.json.links).toEqual({ self: `${glue.baseUrl()}/customers/DE--1/addresses` })
    const countries = list.json.data.map(({ attributes }: { attributes: { country: string } }) => attributes.country)
    expect(countries).toEqual(['Germany', 'United States', 'Brazil'])
    const [first] = list.json.data
    expect(first.attributes).toMatchObject({ address2: '7', zipCode: '10115', city: 'Berlin', isDefaultBilling: true })
    const one = await glue.send('GET', `/customers/DE--1/addresses/${first.id}`, { token })
    expect(one.json).toEqual({ data: first })
  })

  it('are empty for a new customer', async () => {
    const { token, reference } = await glue.newCustomer()
    const { json } = await glue.send('GET', `/customers/${reference}/addresses`, { token })
    expect(json).toEqual({ data: [], links: { self: `${glue.baseUrl()}/customers/${reference}/addresses` } })
  })

  it('refuse others and unknown addresses', async () => {
    const { token, reference } = await glue.newCustomer()
    const demoAddress = 'c0ffee00-0004-4a6b-9b61-000000000001'
    const forbidden = await glue.send('GET', '/customers/DE--1/addresses', { token })
    expectError(forbidden, 403, '411', 'Unauthorized request.')
    const other = await glue.send('GET', `/customers/DE--1/addresses/${demoAddress}`, { token })
    expectError(other, 403, '411', 'Unauthorized request.')
    const stolen = await glue.send('GET', `/customers/${reference}/addresses/${demoAddress}`, { token })
    expectError(stolen, 404, '404', 'Address was not found.')
    await expectCustomerOnly(glue, 'GET', `/customers/${reference}/addresses`)
    await expectCustomerOnly(glue, 'GET', `/customers/${reference}/addresses/x`)
  })
})

describeGlue('PATCH /customers/:reference/addresses/:uuid', glue => {
  async function withAddress() {
    const { token, reference } = await glue.newCustomer()
    const data = { type: 'addresses', attributes: { ...full, ...flags } }
    const made = await glue.send('POST', `/customers/${reference}/addresses`, { token, data })
    const path = `/customers/${reference}/addresses/${made.json.data.id}`
    const patch = (attributes: object) => glue.send('PATCH', path, { token, data: { type: 'addresses', attributes } })
    return { token, reference, path, patch }
  }

  it('changes what is named and keeps the rest', async () => {
    const { token, path, patch } = await withAddress()
    const changes = { address1: 'Other street', address2: '9a', address3: null, phone: '', city: 'Hamburg' }
    const answer = await patch(changes)
    expect(answer.status).toBe(200)
    const expected = {
      ...full,
      ...changes,
      phone: null,
      country: 'Germany',
      isDefaultShipping: true,
      isDefaultBilling: true,
    }
    expect(answer.json.data.attributes).toEqual(expected)
    expect((await glue.send('GET', path, { token })).json.data.attributes).toEqual(expected)
  })

  it('gives a default up, and changes the country', async () => {
    const { patch } = await withAddress()
    const { json } = await patch({ isDefaultShipping: false, iso2Code: 'AT' })
    expect(json.data.attributes).toMatchObject({
      isDefaultShipping: false,
      isDefaultBilling: true,
      iso2Code: 'AT',
      country: 'Austria',
    })
  })

  it('refuses blanks, others and unknown addresses', async () => {
    const { token, reference, path, patch } = await withAddress()
    const blanks = Object.fromEntries(Object.keys(required).map(name => [name, null]))
    expectFieldErrors(
      await patch(blanks),
      Object.keys(required).map(name => `${name} => This value should not be blank.`),
    )
    const data = { type: 'addresses', attributes: { city: 'Bremen' } }
    const unknown = await glue.send('PATCH', `/customers/${reference}/addresses/fake`, { token, data })
    expectError(unknown, 404, '404', 'Address was not found.')
    const other = await glue.send('PATCH', path.replace(reference, 'DE--1'), { token, data })
    expectError(other, 403, '411', 'Unauthorized request.')
    for (const noId of [`/customers/${reference}/addresses`, path.replace(reference, '')]) {
      const answer = await glue.send('PATCH', noId, { token, data })
      expectError(answer, 400, undefined, 'Resource id is not specified.')
    }
    await expectCustomerOnly(glue, 'PATCH', path, { data })
  })
})

describeGlue('DELETE /customers/:reference/addresses/:uuid', glue => {
  it('takes an address out of the book', async () => {
    const { token, reference } = await glue.newCustomer()
    const data = { type: 'addresses', attributes: { ...required, ...flags } }
    const made = await glue.send('POST', `/customers/${reference}/addresses`, { token, data })
    const path = `/customers/${reference}/addresses/${made.json.data.id}`
    expectNothing(await glue.send('DELETE', path, { token }))
    expectError(await glue.send('GET', path, { token }), 404, '404', 'Address was not found.')
    expectError(await glue.send('DELETE', path, { token }), 404, '404', 'Address was not found.')
    expect((await glue.send('GET', `/customers/${reference}/addresses`, { token })).json.data).toEqual([])
  })

  it("leaves others' addresses alone", async () => {
    const { token, reference } = await glue.newCustomer()
    const demoAddress = 'c0ffee00-0004-4a6b-9b61-000000000001'
    const own = await glue.send('DELETE', `/customers/${reference}/addresses/${demoAddress}`, { token })
    expectError(own, 404, '404', 'Address was not found.')
    const other = await glue.send('DELETE', `/customers/DE--1/addresses/${demoAddress}`, { token })
    expectError(other, 403, '411', 'Unauthorized request.')
    const noId = await glue.send('DELETE', `/customers/${reference}/addresses`, { token })
    expectError(noId, 400, undefined, 'Resource id is not specified.')
    await expectCustomerOnly(glue, 'DELETE', `/customers/${reference}/addresses/x`)
  })
})
