import { afterEach, expect, it } from 'vitest'
import { signingSecretName, writeShopperToken } from '../../src/dialects/vtex/auth.js'
import { describeOnEachDatabase, startTestServer, type TestServer } from '../support/test-server.js'
import { expectError as expectGlueError, glueOver } from '../wire/spryker/glue.js'
import { checkoutPath, clientOf } from '../wire/vtex/shop.js'
import { expectError as expectWixError, personOf, siteOver } from '../wire/wix/people.js'
import {
  answersTo,
  changePassword,
  deleteAccount,
  firstPassword,
  newAccount,
  signedIn,
  signedOut,
  signInEverywhere,
} from './one-account.js'

const otherPassword = 'Other456?other'

describeOnEachDatabase('an account that', getServer => {
  const besides: TestServer[] = []
  afterEach(async () => {
    for (const server of besides.splice(0)) await server.close()
  })
  const another = async () => {
    const server = await startTestServer({ storage: getServer().storage, besides: true })
    besides.push(server)
    return server
  }

  it('is deleted is nobody to every API at once, in the words of a token that is none', async () => {
    const server = getServer()
    const account = await newAccount(server)
    const kept = await newAccount(server)
    expect(await answersTo(server, account)).toEqual(signedIn)
    await deleteAccount(server, account.spryker.token)
    expect(await answersTo(server, account)).toEqual(signedOut)
    const { token } = account.spryker
    const refused = await glueOver(getServer).send('GET', '/orders', { token })
    expectGlueError(refused, 401, '001', 'Invalid access token.')
    const data = { type: 'carts', attributes: { priceMode: 'GROSS_MODE', currency: 'EUR', store: 'DE', name: 'x' } }
    expect((await glueOver(getServer).send('POST', '/carts', { token, data })).status).toBe(401)
    const member = await siteOver(getServer).send('GET', '/members/v1/members/my', personOf(account.wix.token))
    expectWixError(member, 401, 'UNAUTHENTICATED')
    expect(await answersTo(server, kept)).toEqual(signedIn)
  })

  it('changes its password is signed in no more by what was signed in before, and at once by the new one', async () => {
    const server = getServer()
    const account = await newAccount(server)
    await changePassword(server, account.email, firstPassword, otherPassword)
    // Within the same second, for tokens that count in seconds.
    const again = await signInEverywhere(server, account.email, otherPassword)
    expect(await answersTo(server, account)).toEqual(signedOut)
    expect(await answersTo(server, again)).toEqual(signedIn)
    await changePassword(server, account.email, otherPassword, firstPassword)
    expect(await answersTo(server, again)).toEqual(signedOut)
    expect(await answersTo(server, await signInEverywhere(server, account.email, firstPassword))).toEqual(signedIn)
  })

  it('another process signed out is nobody here after two seconds', async () => {
    const [server, other] = [getServer(), await another()]
    const [deleted, changed] = [await newAccount(server), await newAccount(server)]
    for (const account of [deleted, changed]) expect(await answersTo(other, account)).toEqual(signedIn)
    await deleteAccount(server, deleted.spryker.token)
    await changePassword(server, changed.email, firstPassword, otherPassword)
    // A new token is good there from the start, whether or not the other process has heard of it.
    const again = await signInEverywhere(server, changed.email, otherPassword)
    expect(await answersTo(other, again)).toEqual(signedIn)
    other.advance(2_000)
    for (const account of [deleted, changed]) expect(await answersTo(other, account)).toEqual(signedOut)
    expect(await answersTo(other, again)).toEqual(signedIn)
  })

  it('a process that starts afterwards knows of', async () => {
    const server = getServer()
    const account = await newAccount(server)
    await deleteAccount(server, account.spryker.token)
    expect(await answersTo(await another(), account)).toEqual(signedOut)
  })

  it('has a token of an earlier version is known by the second of it', async () => {
    const server = getServer()
    const { id, email } = await newAccount(server)
    await changePassword(server, email, firstPassword, otherPassword)
    const { rows } = await server.storage.sql.query<{ at: string }>('select at from sign_outs where customer_id = $1', [
      id,
    ])
    const moment = Date.parse(rows[0]?.at ?? '')
    const secret = await server.operations.signingSecret(signingSecretName)
    const shopper = { customerId: id, email, account: 'polytill' }
    const asked = async (at: number) => {
      const token = await writeShopperToken(shopper, secret, new Date(at))
      return (await clientOf(getServer).send('POST', '/api/vtexid/credential/validate', { token })).status
    }
    expect([await asked(moment - 3_600_000), await asked(moment)]).toEqual([401, 401])
    // Once the second is over, what an older process signs is good: it signs whole seconds and nothing else.
    expect(await asked(moment + 1_000)).toBe(200)
  })

  it('was bought for at the hosted page is not bought for by links and pages of before', async () => {
    const server = getServer()
    const { id, email, vtex } = await newAccount(server)
    const orderFormId = await vtex.begin([{ id: '18', quantity: 1 }])
    const leads = () => vtex.send('GET', `/checkout?orderFormId=${orderFormId}`)
    const before = new URL((await leads()).headers.location ?? '')
    const opened = await server.request('GET', `${before.pathname}${before.search}`)
    expect(opened.status).toBe(303)
    const cookie = (opened.cookies[0] ?? '').split(';')[0] ?? ''
    const page = () => server.request('GET', `${before.pathname}/details`, { headers: { cookie } })
    expect((await page()).status).toBe(200)
    await changePassword(server, email, firstPassword, otherPassword)
    expect([(await page()).status, (await server.request('GET', `${before.pathname}${before.search}`)).status]).toEqual(
      [410, 410],
    )
    const again = await signInEverywhere(server, email, otherPassword)
    expect(again.id).toBe(id)
    const link = await again.vtex.send('GET', `/checkout?orderFormId=${orderFormId}`)
    const { pathname, search } = new URL(link.headers.location ?? '')
    expect((await server.request('GET', `${pathname}${search}`)).status).toBe(303)
  })

  it('is deleted leaves no orderForm that it was named on, and those of others as they are', async () => {
    const server = getServer()
    const account = await newAccount(server)
    const named = await account.vtex.begin([{ id: '18', quantity: 1 }])
    const guest = clientOf(getServer)
    const typed = await guest.begin([{ id: '18', quantity: 1 }])
    const clientProfileData = { email: account.email, firstName: 'Guest', lastName: 'Typing', phone: '+5521999999999' }
    const sent = await guest.form(typed, 'POST', '/attachments/clientProfileData', clientProfileData)
    expect(sent.status).toBe(200)
    const stored = async (orderFormId: string) => {
      const id = orderFormId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
      return (await server.storage.carts.read({ id })).cart
    }
    expect(await stored(named)).toMatchObject({ owner: { kind: 'holder' }, buyer: { email: account.email } })
    await deleteAccount(server, account.spryker.token)
    expect(await stored(named)).toBeUndefined()
    expect(await stored(typed)).toMatchObject({ buyer: { email: account.email, firstName: 'Guest' } })
    const gone = await clientOf(getServer).send('GET', `${checkoutPath}/orderForm/${named}`)
    expect(gone.text).not.toContain(account.email)
  })
})
