import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { customerId, expectError, expectViolations, nobody, type Person, secondId, siteOver } from '../people.js'

const registerPaths = ['POST /_api/iam/authentication/v2/register', 'POST /iam/authentication/v2/register']
const loginPaths = ['POST /_api/iam/authentication/v2/login', 'POST /iam/authentication/v2/login']
const signOnPaths = ['POST /_api/iam/authentication/v2/sign-on', 'POST /iam/authentication/v2/sign-on']
const register = '/_api/iam/authentication/v2/register'
const login = '/_api/iam/authentication/v2/login'
const known = { loginId: { email: 'customer@polytill.test' }, password: 'change123' }

describeOnEachDatabase('members', getServer => {
  const wix = siteOver(getServer)
  const newEmail = () => `${crypto.randomUUID()}@polytill.test`

  /** A cart of the visitor with a shirt in it. */
  async function cartOf(visitor: Person): Promise<string> {
    const made = await getServer().operations.createCart(
      { kind: 'visitor', visitorId: visitor.id ?? '' },
      { channel: 'us-wix', lines: [{ sku: 'SHIRT', quantity: 1 }] },
    )
    if (!made.ok) throw new Error(made.error.code)
    return made.value.cart.cart.id
  }

  async function ownerOf(cartId: string) {
    return (await getServer().storage.carts.read({ id: cartId })).cart?.owner
  }

  it.each(registerPaths)('%s makes one, and says so in the words of the platform', async route => {
    const email = newEmail()
    const answer = await wix.send('POST', route.split(' ')[1] ?? '', await wix.visitor(), {
      loginId: { email },
      password: 'change123',
      profile: { firstName: 'Nele', lastName: 'New' },
    })
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({
      state: 'SUCCESS',
      sessionToken: expect.stringMatching(/^.{32,}$/),
      identity: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        email: { address: email, isVerified: true },
        identityProfile: { firstName: 'Nele', lastName: 'New', emails: [email] },
        status: { name: 'ACTIVE', reasons: [] },
      },
    })
  })

  it.each(loginPaths)('%s lets one in, and joins the carts', async route => {
    const visitor = await wix.visitor()
    const cartId = await cartOf(visitor)
    const email = newEmail()
    const password = 'change123'
    const { json } = await wix.send('POST', register, await wix.visitor(), { loginId: { email }, password })
    const answer = await wix.send('POST', route.split(' ')[1] ?? '', visitor, { loginId: { email }, password })
    expect(answer).toMatchObject({ status: 200, json: { state: 'SUCCESS', identity: { id: json.identity.id } } })
    expect(await ownerOf(cartId)).toEqual({ kind: 'member', customerId: json.identity.id })
  })

  it('a new member takes the visitor’s cart along', async () => {
    const visitor = await wix.visitor()
    const cartId = await cartOf(visitor)
    const { json } = await wix.send('POST', register, visitor, {
      loginId: { email: newEmail() },
      password: 'change123',
    })
    expect(await ownerOf(cartId)).toEqual({ kind: 'member', customerId: json.identity.id })
  })

  it('an e-mail address is registered once, however it is written', async () => {
    const answer = await wix.send('POST', register, await wix.visitor(), {
      loginId: { email: 'CUSTOMER@polytill.test' },
      password: 'change123',
    })
    expectError(answer, 409, '-19995')
  })

  it('a wrong password and an unknown e-mail address are one answer', async () => {
    const visitor = await wix.visitor()
    for (const loginId of [known.loginId, { email: newEmail() }]) {
      expectError(await wix.send('POST', login, visitor, { loginId, password: 'wrong' }), 401, '-19976')
    }
  })

  it('guessing ends after a while, also for whoever knows the password', async () => {
    const visitor = await wix.visitor()
    const email = newEmail()
    await wix.send('POST', register, visitor, { loginId: { email }, password: 'change123' })
    let last = await wix.send('POST', login, visitor, { loginId: { email }, password: 'wrong' })
    for (let tries = 0; tries < 40 && last.status !== 429; tries += 1) {
      last = await wix.send('POST', login, visitor, { loginId: { email }, password: 'wrong' })
    }
    expectError(last, 429, 'RESOURCE_EXHAUSTED')
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
    const right = await wix.send('POST', login, visitor, { loginId: { email }, password: 'change123' })
    expectError(right, 429, 'RESOURCE_EXHAUSTED')
  })

  it('bad fields are named', async () => {
    const visitor = await wix.visitor()
    expectViolations(await wix.send('POST', register, visitor, {}), {
      loginId: 'REQUIRED_FIELD',
      password: 'REQUIRED_FIELD',
    })
    expectViolations(await wix.send('POST', register, visitor, { loginId: { email: 'x' }, password: 'short' }), {
      'loginId.email': 'FORMAT',
      password: 'MIN_LENGTH',
    })
    expectViolations(await wix.send('POST', register, visitor, { loginId: {}, password: 'x'.repeat(101) }), {
      'loginId.email': 'REQUIRED_FIELD',
      password: 'MAX_LENGTH',
    })
    expectViolations(await wix.send('POST', login, visitor, { loginId: { email: 'a@b.test' } }), {
      password: 'REQUIRED_FIELD',
    })
    const unreadable = await getServer().request('POST', login, { headers: visitor.headers, body: '[1]' })
    expect(unreadable.status).toBe(400)
  })

  it('nobody registers or logs in without being somebody', async () => {
    for (const path of [register, login])
      expectError(await wix.send('POST', path, nobody, known), 401, 'UNAUTHENTICATED')
  })

  it.each(signOnPaths)('%s logs a member in for a backend, which exchanges the session', async route => {
    const path = route.split(' ')[1] ?? ''
    const visitor = await wix.visitor()
    const both = { headers: { authorization: `${visitor.headers.authorization},demo-wix-key` } }
    const answer = await wix.send('POST', path, both, { loginId: known.loginId })
    expect(answer).toMatchObject({ status: 200, json: { identity: { id: customerId } } })
    const asked = { grant_type: 'authorized_client', member_id: customerId, session_token: answer.json.sessionToken }
    expect((await wix.grant(asked, both.headers)).status).toBe(200)
    const another = await wix.grant({ ...asked, member_id: secondId }, both.headers)
    expect(another.json.error).toBe('invalid_grant')
    expectError(await wix.send('POST', path, wix.key(), { loginId: { email: newEmail() } }), 404, 'MEMBER_NOT_FOUND')
    for (const person of [visitor, await wix.member(), wix.key('demo-wix-reader')]) {
      expectError(await wix.send('POST', path, person, { loginId: known.loginId }), 403, 'PERMISSION_DENIED')
    }
  })

  it('GET /members/v1/members/my shows members themselves, and nobody else anything', async () => {
    const answer = await wix.send('GET', '/members/v1/members/my', await wix.member())
    expect(answer.status).toBe(200)
    expect(answer.json.member).toMatchObject({
      id: customerId,
      loginEmail: 'customer@polytill.test',
      status: 'APPROVED',
      contactId: customerId,
      profile: { nickname: 'Carla Customer', slug: customerId },
      contact: { firstName: 'Carla', lastName: 'Customer', emails: ['customer@polytill.test'] },
    })
    expect(answer.json.member.contact.addresses).toContainEqual({
      id: 'c0ffee00-0004-4a6b-9b61-000000000002',
      addressLine: '500 Congress Avenue',
      city: 'Austin',
      subdivision: 'US-TX',
      country: 'US',
      postalCode: '78701',
    })
    for (const person of [await wix.visitor(), wix.key()]) {
      expectError(await wix.send('GET', '/members/v1/members/my', person), 403, 'PERMISSION_DENIED')
    }
    expectError(await wix.send('GET', '/members/v1/members/my'), 401, 'UNAUTHENTICATED')
  })

  it('a member whose account is gone is nobody', async () => {
    const { json } = await wix.send('POST', register, await wix.visitor(), {
      loginId: { email: newEmail() },
      password: 'change123',
    })
    const member = await wix.member(json.identity.id)
    await getServer().operations.anonymizeCustomer({ kind: 'system' }, { id: json.identity.id })
    expectError(await wix.send('GET', '/members/v1/members/my', member), 401, 'UNAUTHENTICATED')
  })
})
