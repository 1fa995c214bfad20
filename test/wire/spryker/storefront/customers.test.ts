import { expect, it } from 'vitest'
import {
  describeGlue,
  expectCustomerOnly,
  expectError,
  expectFieldErrors,
  expectNothing,
  newEmail,
  registration,
} from '../glue.js'

const wireTime = expect.stringMatching(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{6}$/)

describeGlue('POST /customers', glue => {
  const post = (attributes: object, guest?: string) =>
    glue.send('POST', '/customers', {
      data: { type: 'customers', attributes },
      ...(guest === undefined ? {} : { guest }),
    })

  it('registers a customer, who can sign in at once', async () => {
    const email = newEmail()
    const answer = await post({ ...registration(email), dateOfBirth: '1990-01-02' })
    expect(answer.status).toBe(201)
    const reference = answer.json.data.id
    expect(reference).toMatch(/^DE--\d+$/)
    expect(answer.json).toEqual({
      data: {
        type: 'customers',
        id: reference,
        attributes: {
          salutation: 'Ms',
          firstName: 'Ada',
          lastName: 'Tester',
          gender: 'Female',
          dateOfBirth: '1990-01-02',
          email,
          createdAt: wireTime,
          updatedAt: wireTime,
          acceptedTerms: null,
        },
        links: { self: `${glue.baseUrl()}/customers/${reference}` },
      },
    })
    await glue.signIn(email, String(registration(email).password))
  })

  it('refuses an e-mail address that is taken, in neutral words', async () => {
    const detail =
      'If this email address is already in use, you will receive a password reset link. Otherwise you must first validate your e-mail address to finish registration. Please check your e-mail.'
    expectError(await post(registration('CUSTOMER@polytill.test')), 422, '400', detail)
  })

  it('registers one of two at the same moment', async () => {
    const email = newEmail()
    const answers = await Promise.all([post(registration(email)), post(registration(email))])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422])
  })

  it('wants the password twice, the terms accepted and all classes of characters', async () => {
    const good = registration(newEmail())
    const differs = 'Value in field password should be identical to value in the confirmPassword field.'
    expectError(await post({ ...good, confirmPassword: 'Change123!changed' }), 422, '406', differs)
    const terms = 'Terms and conditions were not accepted.'
    expectError(await post({ ...good, acceptedTerms: false }), 422, '413', terms)
    const weak = { password: 'changechange', confirmPassword: 'changechange' }
    expectError(await post({ ...good, ...weak }), 422, '420', 'The password character set is invalid.')
  })

  it('tells of every missing field', async () => {
    const names = ['email', 'salutation', 'firstName', 'lastName', 'password', 'confirmPassword', 'acceptedTerms']
    expectFieldErrors(
      await post({}),
      names.map(name => `${name} => This field is missing.`),
    )
  })

  it('tells of every wrong field', async () => {
    const wrong = {
      salutation: 'Lord',
      firstName: '',
      lastName: 'x'.repeat(101),
      gender: 'Robot',
      email: 'nobody',
      password: 'short',
      confirmPassword: 'x'.repeat(129),
      acceptedTerms: 'yes',
      dateOfBirth: '02.01.1990',
    }
    expectFieldErrors(await post(wrong), [
      'salutation => The value you selected is not a valid choice.',
      'firstName => This value should not be blank.',
      'lastName => This value is too long. It should have 100 characters or less.',
      'gender => The value you selected is not a valid choice.',
      'email => This value is not a valid email address.',
      'password => This value is too short. It should have 12 characters or more.',
      'confirmPassword => This value is too long. It should have 128 characters or less.',
      'acceptedTerms => This value should be of type bool.',
      'dateOfBirth => This value is not a valid date.',
    ])
  })

  it('makes the cart of the guest header the customer’s', async () => {
    const guest = newEmail()
    const line = { type: 'guest-cart-items', attributes: { sku: 'MUG-1', quantity: 3 } }
    const cart = await glue.send('POST', '/guest-cart-items', { data: line, guest })
    const email = newEmail()
    expect((await post(registration(email), guest)).status).toBe(201)
    const { accessToken } = await glue.signIn(email, String(registration(email).password))
    const own = await glue.send('GET', '/carts?include=items', { token: accessToken })
    expect(own.json.data).toMatchObject([{ type: 'carts', id: cart.json.data.id }])
    expect(own.json.included).toMatchObject([{ attributes: { sku: 'MUG-1', quantity: 3 } }])
  })
})

describeGlue('GET /customers and GET /customers/:reference', glue => {
  it('show the customer of the token, as an array and as an object', async () => {
    const shopper = await glue.newCustomer()
    const { token, reference, email } = shopper
    const customer = {
      type: 'customers',
      id: reference,
      attributes: {
        salutation: 'Ms',
        firstName: 'Ada',
        lastName: 'Tester',
        gender: 'Female',
        dateOfBirth: null,
        email,
        createdAt: wireTime,
        updatedAt: wireTime,
        acceptedTerms: null,
      },
      links: { self: `${glue.baseUrl()}/customers/${reference}` },
    }
    const list = await glue.send('GET', '/customers', { token })
    expect(list.status).toBe(200)
    expect(list.json).toEqual({ data: [customer], links: { self: `${glue.baseUrl()}/customers` } })
    const mine = await glue.send('GET', '/customers/mine', { token })
    expect(mine.json).toEqual({ data: [customer], links: { self: `${glue.baseUrl()}/customers/mine` } })
    const one = await glue.send('GET', `/customers/${reference}`, { token })
    expect(one.status).toBe(200)
    expect(one.json).toEqual({ data: customer })
  })

  it('include the address book when asked', async () => {
    const { accessToken: token } = await glue.signIn('customer@polytill.test', 'change123')
    const { json } = await glue.send('GET', '/customers/DE--1?include=addresses', { token })
    expect(json.data.relationships.addresses.data).toHaveLength(3)
    expect(json.included.map((each: { readonly type: string }) => each.type)).toEqual(Array(3).fill('addresses'))
    expect(json.data.links.self).toBe(`${glue.baseUrl()}/customers/DE--1?include=addresses`)
  })

  it('do not show others', async () => {
    const { token } = await glue.newCustomer()
    expectError(await glue.send('GET', '/customers/DE--1', { token }), 404, '402', 'Customer not found.')
    expectError(await glue.send('GET', '/customers/fake', { token }), 404, '402', 'Customer not found.')
  })

  it('need a token', async () => {
    await expectCustomerOnly(glue, 'GET', '/customers')
    await expectCustomerOnly(glue, 'GET', '/customers/DE--1')
  })
})

describeGlue('PATCH /customers/:reference', glue => {
  const patch = (reference: string, token: string, attributes: object) =>
    glue.send('PATCH', `/customers/${reference}`, { token, data: { type: 'customers', attributes } })

  it('changes what is named and nothing else', async () => {
    const { token, reference, email } = await glue.newCustomer()
    const answer = await patch(reference, token, { firstName: 'Other', dateOfBirth: '1990-01-02', gender: null })
    expect(answer.status).toBe(200)
    expect(answer.json.data.attributes).toEqual({
      salutation: 'Ms',
      firstName: 'Other',
      lastName: 'Tester',
      gender: null,
      dateOfBirth: '1990-01-02',
      email,
      createdAt: wireTime,
      updatedAt: wireTime,
      acceptedTerms: null,
    })
    const read = await glue.send('GET', `/customers/${reference}`, { token })
    expect(read.json.data.attributes).toEqual(answer.json.data.attributes)
  })

  it('moves the account to another e-mail address, unless that is taken', async () => {
    const { token, reference, password } = await glue.newCustomer()
    const email = newEmail()
    expect((await patch(reference, token, { email })).json.data.attributes.email).toBe(email)
    await glue.signIn(email, password)
    expect((await patch(reference, token, { email: 'second@polytill.test' })).json.errors[0].code).toBe('400')
  })

  it('refuses others and bad fields', async () => {
    const { token, reference } = await glue.newCustomer()
    expectError(await patch('DE--1', token, { firstName: 'x' }), 404, '402', 'Customer not found.')
    expectFieldErrors(await patch(reference, token, { firstName: null, lastName: '', email: 'x' }), [
      'firstName => This value should not be blank.',
      'lastName => This value should not be blank.',
      'email => This value is not a valid email address.',
    ])
    const sent = { data: { type: 'customers', attributes: {} } }
    await expectCustomerOnly(glue, 'PATCH', `/customers/${reference}`, sent)
    const noId = await glue.send('PATCH', '/customers/', { token, ...sent })
    expectError(noId, 400, undefined, 'Resource id is not specified.')
  })
})

describeGlue('DELETE /customers/:reference', glue => {
  it('takes the person away and signs out everywhere', async () => {
    const { token, reference, email, password, refreshToken } = await glue.newCustomer()
    const line = { type: 'carts', attributes: { priceMode: 'GROSS_MODE', currency: 'EUR', store: 'DE' } }
    await glue.send('POST', '/carts', { token, data: line })
    expectNothing(await glue.send('DELETE', `/customers/${reference}`, { token }))
    const attributes = { username: email, password }
    const signIn = await glue.send('POST', '/access-tokens', { data: { type: 'access-tokens', attributes } })
    expectError(signIn, 401, '003', 'Failed to authenticate user.')
    const refresh = { type: 'refresh-tokens', attributes: { refreshToken } }
    expect((await glue.send('POST', '/refresh-tokens', { data: refresh })).status).toBe(401)
    for (const path of ['/customers', '/carts', '/orders']) {
      expectError(await glue.send('GET', path, { token }), 401, '001', 'Invalid access token.')
    }
    const again = await glue.send('POST', '/customers', {
      data: { type: 'customers', attributes: registration(email) },
    })
    expect(again.status).toBe(201)
    expect(again.json.data.id).not.toBe(reference)
  })

  it('leaves others alone', async () => {
    const { token } = await glue.newCustomer()
    expectError(await glue.send('DELETE', '/customers/DE--1', { token }), 404, '402', 'Customer not found.')
    await expectCustomerOnly(glue, 'DELETE', '/customers/DE--1')
    expectError(await glue.send('DELETE', '/customers', { token }), 400, undefined, 'Resource id is not specified.')
    await glue.signIn('customer@polytill.test', 'change123')
  })
})
