import { beforeAll, expect, it } from 'vitest'
import { type Books, openBooks } from '../support/books.js'
import { describeOnEachDatabase } from '../support/test-server.js'
import { importEntries } from '../wire/vtex/more-goods.js'
import { linkedCart, pageShopper, plain } from './page-shopper.js'

/** Urs in Bern, as he types himself. */
const bern = {
  email: 'urs@example.test',
  's0-country': 'CH',
  's0-firstName': 'Urs',
  's0-lastName': 'Ruf',
  's0-line1': 'Gasse 1',
  's0-city': 'Bern',
  's0-postalCode': '3000',
  same: '1',
} as const

/** A small shop in Germany that sends its goods by post to its neighbors, too. */
function shop(id: string, integerId: number, more: object = {}) {
  return [
    {
      kind: 'channel',
      id,
      name: id,
      currency: 'EUR',
      locale: 'en-US',
      countries: ['DE'],
      priceMode: 'gross',
      policy: 'grossCarried',
      orderNumbers: { kind: 'counting', prefix: `${id}-` },
      ...more,
    },
    {
      kind: 'shipping_method',
      channel: id,
      id: 'post',
      integerId,
      name: 'Post',
      carrier: 'Post',
      prices: { EUR: '4.90' },
      zones: ['DE', 'CH'],
    },
    {
      kind: 'variant',
      sku: `CUP-${id}`,
      variantId: integerId,
      productId: integerId,
      name: 'Cup',
      prices: { [id]: '10.00' },
      stock: 100,
    },
  ]
}

/** By invoice. */
function invoice(channel: string, integerId: number) {
  const by = { id: 'invoice', integerId, name: 'Invoice', providerName: 'Manual', provider: 'manual' }
  return { kind: 'payment_method', channel, paymentKind: 'invoice', ...by }
}

describeOnEachDatabase('the hosted checkout page of stores unlike the demo store', getServer => {
  let books: Books
  beforeAll(async () => {
    await importEntries(getServer(), [
      ...shop('neighbors', 71_001),
      invoice('neighbors', 71_101),
      ...shop('unpaid', 71_002),
    ])
    books = await openBooks(getServer().storage.sql)
  })

  it('POST /pay/:cart/details: goods go where the shop sends them, and the bill with them', async () => {
    const { id, link } = await linkedCart(getServer(), 'neighbors', [{ sku: 'CUP-neighbors', quantity: 1 }])
    const shopper = pageShopper(getServer)
    const delivery = await shopper.send(await shopper.open(link), bern)
    expect([delivery.status, delivery.path]).toEqual([200, `/pay/${id}/delivery`])
    const payment = await shopper.send(delivery, { d0: 'post' })
    const review = await shopper.send(payment, { method: 'invoice' })
    expect(plain(review.text)).toContain('Buy now for €14.90')
    const done = await shopper.send(review)
    expect([done.status, done.path, done.title]).toEqual([200, `/pay/${id}/order`, 'Thank you, Urs'])
    expect(await books.faults()).toEqual([])
  })

  it('POST /pay/:cart/payment: a shop without a way to pay says so, and sends nobody to a choice that is not there', async () => {
    const { id, link } = await linkedCart(getServer(), 'unpaid', [{ sku: 'CUP-unpaid', quantity: 1 }])
    const shopper = pageShopper(getServer)
    const delivery = await shopper.send(await shopper.open(link), bern)
    const payment = await shopper.send(delivery, { d0: 'post' })
    expect([payment.status, payment.path]).toEqual([200, `/pay/${id}/payment`])
    const none = 'There is no way to pay for this order at the moment. Please ask the shop.'
    expect(plain(payment.text)).toContain(none)
    const refused = await shopper.send(payment)
    expect([refused.status, refused.errors]).toEqual([422, [none]])
    expect(refused.text).not.toContain('href="#method"')
  })

  it('POST /pay/:cart/payment and /review: a code or a quantity in a form from before the order leads to the order', async () => {
    const { id, link } = await linkedCart(getServer(), 'neighbors', [{ sku: 'CUP-neighbors', quantity: 2 }])
    const shopper = pageShopper(getServer)
    const payment = await shopper.send(await shopper.send(await shopper.open(link), bern), { d0: 'post' })
    const review = await shopper.send(payment, { method: 'invoice' })
    const [line] = (await getServer()
      .operations.readCart({ kind: 'system' }, { key: { id } })
      .then(read => {
        if (!read.ok) throw new Error(read.error.code)
        return read.value.cart.lines
      })) as readonly { readonly item: { readonly id: string } }[]
    expect((await shopper.send(review)).title).toBe('Thank you, Urs')
    const typed = [
      [payment, { code: 'GIFT50DEMO' }],
      [payment, { do: 'apply', code: 'GIFT50DEMO' }],
      [payment, { do: 'remove GIFT50DEMO' }],
      [review, { do: `line ${line?.item.id} 1` }],
    ] as const
    for (const [page, fields] of typed) {
      const again = await shopper.send(page, fields)
      expect([fields, again.status, again.path, again.title]).toEqual([
        fields,
        200,
        `/pay/${id}/order`,
        'Thank you, Urs',
      ])
    }
    expect(await books.faults()).toEqual([])
  })

  it('POST /pay/:cart/details: a saved address that no parcel could go by is refused where it was chosen', async () => {
    const berlin = {
      firstName: 'Bo',
      lastName: 'Lund',
      line1: 'Weg 1',
      city: 'Berlin',
      postalCode: '10115',
      country: 'DE',
    }
    const saved = [
      [{ subdivision: 'XX' }, 'Region: please choose one from the list.'],
      [{ email: 'nobody' }, 'E-mail address: this cannot be right.'],
    ] as const
    for (const [index, [odd, fault]] of saved.entries()) {
      const email = `saved-${index}@example.test`
      const own = { ...berlin, ...odd, integerId: 71_301 + index, isDefaultShipping: true }
      const person = { integerId: 71_301 + index, reference: `saved-${index}`, email, password: 'change123' }
      await importEntries(getServer(), [{ kind: 'customer', ...person, addresses: [own] }])
      const { id, link } = await linkedCart(getServer(), 'neighbors', [{ sku: 'CUP-neighbors', quantity: 1 }])
      const shopper = pageShopper(getServer)
      await shopper.open(link)
      const signIn = await shopper.open(`/pay/${id}/sign-in`)
      const details = await shopper.send(signIn, { email, password: 'change123' })
      const refused = await shopper.send(details)
      expect([refused.status, refused.path, refused.errors]).toEqual([422, `/pay/${id}/details`, [fault]])
      expect(refused.text).toContain('href="#s0-book"')
      const delivery = await shopper.send(refused, { ...bern, 's0-book': '' })
      expect([delivery.status, delivery.path]).toEqual([200, `/pay/${id}/delivery`])
    }
  })

  it('GET /pay/:cart/review: what is left is offered only where the shop sells that few', async () => {
    const [, , cup = {}] = shop('neighbors', 71_001)
    const numbers = { variantId: 71_401, productId: 71_401, sku: 'SIX', name: 'Six cups', minQuantity: 3, stock: 5 }
    await importEntries(getServer(), [{ ...cup, ...numbers }])
    const { id, link } = await linkedCart(getServer(), 'neighbors', [{ sku: 'SIX', quantity: 5 }])
    const shopper = pageShopper(getServer)
    const payment = await shopper.send(await shopper.send(await shopper.open(link), bern), { d0: 'post' })
    await shopper.send(payment, { method: 'invoice' })
    const left = async (available: number) => {
      await importEntries(getServer(), [{ kind: 'stock', sku: 'SIX', available }])
      const review = await shopper.open(`/pay/${id}/review`)
      expect(review.errors).toEqual([`Only ${available} of Six cups are left.`])
      return plain(review.text).includes(`Take the ${available} that are left`)
    }
    expect([await left(4), await left(2)]).toEqual([true, false])
  })

  it('GET /pay/:cart/details: shipping of one of several shipments stands in the sums that it is in', async () => {
    const lines = [
      { sku: 'BREWER', quantity: 1 },
      { sku: 'COFFEEMAKER', quantity: 1 },
    ]
    const { id, link } = await linkedCart(getServer(), 'us', lines)
    const { operations } = getServer()
    const cart = { key: { id } } as const
    const read = await operations.readCart({ kind: 'system' }, cart)
    if (!read.ok) throw new Error(read.error.code)
    const address = { city: 'Austin', postalCode: '78701', subdivision: 'TX', country: 'US' }
    const consignments = read.value.cart.lines.map(({ item }, index) => ({
      items: [{ lineItemId: item.id, quantity: 1 }],
      destination: { kind: 'address', address } as const,
      ...(index === 0 ? { selectedOption: 'ship-by-weight' } : {}),
    }))
    await operations.changeCheckout({ kind: 'system' }, { cart, changes: { consignments } })
    const details = await pageShopper(getServer).open(link)
    const sums = /<aside[\s\S]*<\/aside>/.exec(details.text)?.[0] ?? ''
    const rows = [...sums.matchAll(/<dt>([^<]*)<\/dt><dd[^>]*>([^<]*)</g)].map(([, label, value]) => [label, value])
    expect(rows).toEqual([
      ['Subtotal', '$274.50'],
      ['Shipping', '$8.00'],
      ['Estimated tax', '$23.31'],
      ['Total', '$305.81'],
    ])
  })

  it('POST /pay/:cart/details: goods that left the catalog are named on the review, where they can be removed', async () => {
    const [, , cup = {}] = shop('neighbors', 71_001)
    const jug = { ...cup, sku: 'JUG', variantId: 71_201, productId: 71_201, name: 'Jug' }
    await importEntries(getServer(), [jug])
    const { id, link } = await linkedCart(getServer(), 'neighbors', [{ sku: 'JUG', quantity: 1 }])
    await importEntries(getServer(), [{ ...jug, isActive: false }])
    const shopper = pageShopper(getServer)
    const details = await shopper.open(link)
    expect(details.text).not.toContain('Delivery address')
    const billing = Object.entries(bern).flatMap(([name, value]) =>
      name === 'same' ? [] : [[name.replace('s0-', 'b-'), value]],
    )
    const berlin = { 'b-country': 'DE', 'b-city': 'Berlin', 'b-postalCode': '10115' }
    const payment = await shopper.send(details, { ...Object.fromEntries(billing), ...berlin })
    expect([payment.status, payment.path]).toEqual([200, `/pay/${id}/payment`])
    const review = await shopper.send(payment)
    expect([review.status, review.errors]).toEqual([200, ['Jug: Not available any more']])
    const remove = /value="(line [^"]+ 0)"[^>]*>Remove Jug</.exec(review.text)?.[1]
    const empty = await shopper.send(review, { do: remove })
    expect([empty.status, empty.path]).toEqual([200, `/pay/${id}/details`])
    expect(plain(empty.text)).toContain('Your cart is empty.')
  })
})
