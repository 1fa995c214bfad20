import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { catalogAppId, expectViolations, type Person, shirt, siteOver } from './people.js'

const secrets = ['Adelheid', 'Zwiebelfisch', 'Gasse 17', 'Hinterhaus', '212 555 0177', '12125550177', 'Privatsache']
const stranger = {
  address: {
    country: 'US',
    subdivision: 'US-NY',
    city: 'New York',
    postalCode: '10011',
    addressLine: 'Gasse 17',
    addressLine2: 'Hinterhaus',
  },
  contactDetails: {
    firstName: 'Adelheid',
    lastName: 'Zwiebelfisch',
    phone: '+1 212 555 0177',
    company: 'Privatsache',
  },
}
const filledIn = { billingInfo: stranger, shippingInfo: { shippingDestination: stranger } }
const lineItems = [{ quantity: 1, catalogReference: { appId: catalogAppId, catalogItemId: shirt } }]

describeOnEachDatabase('people whom nobody knows', getServer => {
  const wix = siteOver(getServer)

  /** Every row of every table as text, and every line of the log. */
  async function everythingKept(): Promise<string> {
    const { sql } = getServer().storage
    const tables = await sql.query<{ name: string }>(
      `select format('%I', tablename) as name from pg_tables where schemaname = 'public'`,
    )
    const texts: string[] = [...getServer().log]
    for (const { name } of tables.rows) {
      const { rows } = await sql.query<{ text: string }>(`select t::text as text from ${name} t`)
      texts.push(...rows.map(row => row.text))
    }
    return texts.join('\n')
  }

  async function expectNothingKept(): Promise<void> {
    const everything = await everythingKept()
    expect(everything).toContain('SHIRT')
    expect(secrets.filter(secret => everything.includes(secret))).toEqual([])
  }

  async function create(by: Person, checkoutInfo: object = filledIn) {
    return wix.send('POST', '/ecom/v1/checkouts', by, { channelType: 'WEB', lineItems, checkoutInfo })
  }

  const look = (id: string, by: Person) => wix.send('GET', `/ecom/v1/checkouts/${id}`, by)

  it('are priced by what they send, and then forgotten', async () => {
    const visitor = await wix.visitor()
    const created = await create(visitor)
    expect(created.status).toBe(200)
    expect(created.json.checkout.priceSummary).toMatchObject({
      shipping: { amount: '10.00' },
      total: { amount: '20.00' },
    })
    const { id } = created.json.checkout
    await expectNothingKept()
    const { checkout } = (await look(id, visitor)).json
    expect(checkout.billingInfo).toEqual({})
    expect(checkout.shippingInfo).not.toHaveProperty('shippingDestination')
    expect(checkout.buyerInfo).toEqual({ visitorId: visitor.id })
  })

  it('stay unknown whatever they try', async () => {
    const visitor = await wix.visitor()
    const { id } = (await create(visitor, {})).json.checkout
    const path = `/ecom/v1/checkouts/${id}`
    const tries = [
      await wix.send('PATCH', path, visitor, { checkout: filledIn }),
      await wix.send('POST', `${path}/create-order`, visitor, {}),
      // A member that this endpoint does not know.
      await getServer().request('POST', `${path}/add-to-checkout`, {
        headers: { ...visitor.headers, 'content-type': 'application/json' },
        body: { lineItems, checkout: filledIn },
      }),
      await wix.send('POST', '/ecom/v1/carts/current/add-to-cart', visitor, { lineItems }),
      await wix.send('POST', '/ecom/v1/carts/current/estimate-totals', visitor, {
        shippingAddress: stranger.address,
        billingAddress: stranger.address,
      }),
      await wix.send('PATCH', '/ecom/v1/carts/current', visitor, {
        cartInfo: { contactInfo: stranger, buyerNote: 'x' },
      }),
      await wix.send('POST', '/ecom/v1/carts/current/create-checkout', visitor, {
        channelType: 'WEB',
        shippingAddress: stranger.address,
      }),
      await wix.send('PATCH', path, visitor, { checkout: { billingInfo: { ...stranger, address: 'nonsense' } } }),
    ]
    expect(tries[0]?.status).toBe(200)
    expect(tries[0]?.json.checkout.priceSummary.shipping.amount).toBe('10.00')
    expect(tries.map(({ status }) => status)).toEqual([200, 428, 200, 200, 200, 200, 400, 400])
    await expectNothingKept()
  })

  it('made by a key for nobody are forgotten too', async () => {
    for (const openAccess of [true, false]) {
      const created = await create(wix.key(), { ...filledIn, buyerInfo: { openAccess } })
      expect(created.status).toBe(200)
    }
    await expectNothingKept()
  })

  it('who must give an e-mail address with a cart’s address are told so', async () => {
    const visitor = await wix.visitor()
    await wix.send('POST', '/ecom/v1/carts/current/add-to-cart', visitor, { lineItems })
    const answer = await wix.send('POST', '/ecom/v1/carts/current/create-checkout', visitor, {
      channelType: 'WEB',
      shippingAddress: stranger.address,
    })
    expectViolations(answer, { email: 'REQUIRED_FIELD' })
    await expectNothingKept()
  })

  it('who give an e-mail address later get nothing back that was dropped', async () => {
    const visitor = await wix.visitor()
    const { id } = (await create(visitor)).json.checkout
    const path = `/ecom/v1/checkouts/${id}`
    const known = await wix.send('PATCH', path, visitor, { checkout: { buyerInfo: { email: 'late@polytill.test' } } })
    expect(known.json.checkout.buyerInfo).toEqual({ visitorId: visitor.id, email: 'late@polytill.test' })
    expect(known.json.checkout.billingInfo).toEqual({})
    await expectNothingKept()
  })

  it('are remembered with an e-mail address, as a member, or by a contact id', async () => {
    const visitor = await wix.visitor()
    const contactId = 'c0ffee00-0006-4a6b-9b61-000000000001'
    for (const [person, buyerInfo] of [
      [visitor, { email: 'known@polytill.test' }],
      [await wix.member(), undefined],
      [wix.key(), { contactId, openAccess: true }],
    ] as const) {
      const created = await create(person, { ...filledIn, ...(buyerInfo === undefined ? {} : { buyerInfo }) })
      const { checkout } = (await look(created.json.checkout.id, person)).json
      expect(checkout.billingInfo).toMatchObject({
        address: { addressLine: 'Gasse 17' },
        contactDetails: { firstName: 'Adelheid' },
      })
      expect(checkout.shippingInfo.shippingDestination.contactDetails.lastName).toBe('Zwiebelfisch')
    }
    const everything = await everythingKept()
    expect(everything).toContain('Zwiebelfisch')
    // Not even then in a log line.
    expect(secrets.filter(secret => getServer().log.join('\n').includes(secret))).toEqual([])
  })
})
