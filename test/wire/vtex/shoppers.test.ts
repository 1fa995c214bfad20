import { expect, it } from 'vitest'
import { signingSecretName, writeShopperToken } from '../../../src/dialects/vtex/auth.js'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { configure } from './more-goods.js'
import { checkoutPath, clientOf, expectError } from './shop.js'

const customerId = 'c0ffee00-0003-4a6b-9b61-000000000001'
const email = 'customer@polytill.test'

describeOnEachDatabase('who asks', getServer => {
  async function token(at: Date = new Date(), secret?: string): Promise<string> {
    const key = secret ?? (await getServer().operations.signingSecret(signingSecretName))
    return writeShopperToken({ customerId, email, account: 'polytill' }, key, at)
  }

  it('a shopper who is signed in has the profile and the addresses at once, by header or by cookie', async () => {
    const signed = await token()
    for (const headers of [{ VtexIdclientAutCookie: signed }, { cookie: `VtexIdclientAutCookie_polytill=${signed}` }]) {
      const made = await clientOf(getServer).send('POST', `${checkoutPath}/orderForm`, {}, headers)
      expect(made.json).toMatchObject({
        loggedIn: true,
        canEditData: true,
        userProfileId: customerId,
        clientProfileData: { email, firstName: 'Carla', document: '52998224725', profileCompleteOnLoading: true },
      })
      expect(made.json.shippingData.availableAddresses).toHaveLength(3)
      const stranger = await clientOf(getServer).form(made.json.orderFormId, 'GET', '')
      expect(stranger.json).toMatchObject({
        loggedIn: false,
        canEditData: false,
        clientProfileData: { firstName: 'Car******' },
      })
    }
  })

  it('a cart that was begun before gets the profile when it is read, and its goods stay', async () => {
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '18', quantity: 1 }])
    const headers = { VtexIdclientAutCookie: await token() }
    const read = await client.form(id, 'GET', '', undefined, headers)
    expect(read.json).toMatchObject({ loggedIn: true, value: 1250, clientProfileData: { firstName: 'Carla' } })
    const addressId = 'c0ffee00-0004-4a6b-9b61-000000000003'
    const shipped = await client.form(
      id,
      'POST',
      '/attachments/shippingData',
      { selectedAddresses: [{ addressId }] },
      headers,
    )
    expect(shipped.json.shippingData.address).toMatchObject({
      addressId,
      street: 'Praia de Botafogo',
      isDisposable: false,
    })
    expect(shipped.json.value).toBe(1950)
    const other = { email: 'second@polytill.test' }
    const refused = await client.form(id, 'POST', '/attachments/clientProfileData', other, headers)
    expectError(refused, 'CHK0109')
  })

  it('a token that is over, changed or signed by somebody else is nobody', async () => {
    const dayBefore = new Date(Date.now() - 25 * 3_600_000)
    for (const bad of [
      await token(dayBefore),
      await token(new Date(), 'another secret'),
      'a.b.c',
      `${await token()}x`,
    ]) {
      const made = await clientOf(getServer).send(
        'POST',
        `${checkoutPath}/orderForm`,
        {},
        { VtexIdclientAutCookie: bad },
      )
      expect(made.json).toMatchObject({ loggedIn: false, clientProfileData: null })
    }
  })

  it.each([
    ['ownership is asked for', { useOwnershipCookie: true }],
    ['first purchases are masked', { maskFirstPurchaseData: true }],
  ])('where %s, who did not type the data sees asterisks', async (_, orderForm) => {
    await configure(getServer(), orderForm)
    const client = clientOf(getServer)
    const id = await client.begin([{ id: '18', quantity: 1 }])
    const profile = { email: 'ana@shop.example', firstName: 'Ana Maria', phone: '+5521999990000' }
    const typed = await client.form(id, 'POST', '/attachments/clientProfileData', profile)
    const again = await client.form(id, 'GET', '')
    const stranger = await clientOf(getServer).form(id, 'GET', '')
    await configure(getServer(), {})
    expect(again.json).toMatchObject({ canEditData: true, clientProfileData: { firstName: 'Ana Maria' } })
    expect(stranger.json).toMatchObject({ canEditData: false, clientProfileData: { firstName: 'Ana******' } })
    expect(typed.status).toBe(200)
  })
})
