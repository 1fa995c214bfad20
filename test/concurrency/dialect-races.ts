import { beforeEach, describe, expect, it } from 'vitest'
import type { Driver, Shopper } from '../conformance/driver.js'
import { drivers } from '../conformance/drivers.js'
import { type Books, openBooks } from '../support/books.js'
import type { TestServer } from '../support/test-server.js'
import { managementOver, mug } from '../wire/bigcommerce/management.js'
import { item, goods as wixGoods, wixOver } from '../wire/wix/wix.js'

/** Failures that a platform answers with 500 by its published codes: a placement that came too late, a denied payment. */
const documented = /"code":"(ORD005|CHK0115|CHK0204|CHK0205|CHK0206)"/

/** As the dialect calls the goods of which there are twenty. */
const twenty = (dialect: string): string => (dialect === 'wix' ? wixGoods.twenty : 'TWENTY')

/** What must hold in every dialect when many want the same thing at the same moment. */
export function defineDialectRaces(getServer: () => TestServer): void {
  let books: Books
  beforeEach(async () => {
    await getServer().storage.sql.query(`update stock set available = 20 where sku = 'TWENTY'`)
    books = await openBooks(getServer().storage.sql)
  })

  /** The server, with everything noted that it should not have answered. */
  function watched(): { readonly server: TestServer; readonly failures: string[] } {
    const failures: string[] = []
    const server = getServer()
    const request: TestServer['request'] = async (method, path, options) => {
      const answer = await server.request(method, path, options)
      if (answer.status >= 500 && !documented.test(answer.text)) {
        failures.push(`${method} ${path}: ${answer.status} ${answer.text.slice(0, 200)}`)
      }
      return answer
    }
    return { server: { ...server, request }, failures }
  }

  async function ordersOf(cartIds: readonly string[]): Promise<readonly string[]> {
    const { rows } = await getServer().storage.sql.query<{ sale: string }>(
      `select o.status || ' ' || (select count(*) from payments p
          where p.order_id = o.id and p.state in ('authorized', 'captured')) as sale
        from orders o where o.cart_id = any($1::text[]) and o.status in ('pending', 'confirmed') order by 1`,
      [cartIds],
    )
    return rows.map(({ sale }) => sale)
  }

  describe.each(drivers)('$dialect', ({ dialect, arrive }: Driver) => {
    it('50 placements of one cart at once make one order and one charge', async () => {
      const { server, failures } = watched()
      const shopper = await arrive(server)
      const { cartId } = await shopper.begin([{ sku: 'MUG-1', quantity: 1 }])
      // Whoever comes second may find the cart frozen at any step, which the shoppers of the other tests take for a fault.
      await Promise.allSettled(Array.from({ length: 50 }, () => shopper.place(cartId)))
      await settled(shopper, cartId)
      expect(failures).toEqual([])
      expect(await ordersOf([cartId])).toEqual(['confirmed 1'])
      expect(await books.faults()).toEqual([])
    }, 90_000)

    it('64 buyers of 20 pieces get 20 orders', async () => {
      const { server, failures } = watched()
      const buyers: { readonly shopper: Shopper; readonly cartId: string }[] = []
      for (let count = 0; count < 64; count += 1) {
        const shopper = await arrive(server)
        buyers.push({ shopper, ...(await shopper.begin([{ sku: twenty(dialect), quantity: 1 }])) })
      }
      await Promise.allSettled(buyers.map(({ shopper, cartId }) => shopper.place(cartId)))
      expect(failures).toEqual([])
      expect(await ordersOf(buyers.map(({ cartId }) => cartId))).toEqual(Array(20).fill('confirmed 1'))
      const { rows } = await server.storage.sql.query(
        `select sum(available)::integer as n from stock where sku = 'TWENTY'`,
      )
      expect(rows).toEqual([{ n: 0 }])
      expect(await books.faults()).toEqual([])
    }, 90_000)

    /** All fifty may have stood in each other's way: then one more goes through. */
    async function settled(shopper: Shopper, cartId: string): Promise<void> {
      if ((await ordersOf([cartId])).length === 0) await shopper.place(cartId)
    }
  })

  it('bigcommerce: 50 lines added at once are 50 pieces', async () => {
    const { server, failures } = watched()
    const api = managementOver(() => server)
    const { id } = await api.newCart([mug])
    const adds = Array.from({ length: 50 }, () =>
      api.send('POST', `/v3/carts/${id}/items`, { body: { line_items: [mug] } }),
    )
    const answers = await Promise.all(adds)
    expect([...new Set(answers.map(({ status }) => status)), ...failures]).toEqual([201])
    expect(await piecesIn(id)).toBe(51)
  })

  it('wix: 50 lines added at once are 50 pieces', async () => {
    const { server, failures } = watched()
    const client = wixOver(() => server)
    const auth = await client.visitor()
    const body = { lineItems: [item(wixGoods.mug)] }
    const adds = Array.from({ length: 50 }, () =>
      client.send('POST', '/ecom/v1/carts/current/add-to-cart', { auth, body }),
    )
    const answers = await Promise.all(adds)
    expect([...new Set(answers.map(({ status }) => status)), ...failures]).toEqual([200])
    expect(new Set(answers.map(({ json }) => json.cart.id)).size).toBe(1)
    expect(await piecesIn(answers[0]?.json.cart.id)).toBe(50)
  })

  async function piecesIn(id: string): Promise<number> {
    const { cart } = await getServer().storage.carts.read({ id })
    return (cart?.lineItems ?? []).reduce((sum, line) => sum + line.quantity, 0)
  }
}
