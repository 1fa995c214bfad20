import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../support/test-server.js'
import { austin, linkedCart, pageShopper } from './page-shopper.js'

describeOnEachDatabase('what the hosted checkout page asks of the database', getServer => {
  it('a page is one statement, a form two, the order two', async () => {
    const { id, link } = await linkedCart(getServer(), 'us', [{ sku: 'BREWER', quantity: 1 }])
    const shopper = pageShopper(getServer)
    const { sql } = getServer().storage
    const details = await shopper.open(link)
    const typed = { ...details.fields, ...austin, do: 'go' }
    const count = async (method: string, step: string, form?: Record<string, string>) => {
      const before = sql.statementCount()
      const { status } = await shopper.request(method, `/pay/${id}/${step}`, form)
      expect(status).toBe(method === 'GET' ? 200 : 303)
      return sql.statementCount() - before
    }
    const csrf = details.fields.csrf ?? ''
    expect(await count('GET', 'details')).toBe(1)
    expect(await count('POST', 'details', typed)).toBe(2)
    expect(await count('GET', 'delivery')).toBe(1)
    expect(await count('POST', 'delivery', { csrf, d0: 'flat-rate' })).toBe(2)
    expect(await count('GET', 'payment')).toBe(1)
    expect(await count('POST', 'payment', { csrf, method: 'cod' })).toBe(2)
    expect(await count('GET', 'review')).toBe(1)
    expect(await count('POST', 'review', { csrf, total: '25439' })).toBe(2)
    expect(await count('GET', 'order')).toBe(2)
  })

  it('whatever is sent is answered, and never by a crash', async () => {
    const { id, link } = await linkedCart(getServer(), 'us', [{ sku: 'MUG-1', quantity: 1 }])
    const shopper = pageShopper(getServer)
    const csrf = (await shopper.open(link)).fields.csrf ?? ''
    const hostile = ['\u0000', '\ud800', '__proto__', '[object Object]', '9'.repeat(400), '<script>', '%00', '-1', ' ']
    for (const value of hostile) {
      const form = {
        ...Object.fromEntries(Object.keys(austin).map(name => [name, value])),
        ...{ d0: value, method: value, code: value, note: value, total: value, password: value, to: value },
      }
      for (const step of ['details', 'sign-in', 'delivery', 'payment', 'review', 'another-way', 'account']) {
        for (const wish of ['go', value, `remove ${value}`, `line ${value} 1`, `language ${value}`, 'quote']) {
          const { status } = await shopper.request('POST', `/pay/${id}/${step}`, { ...form, csrf, do: wish })
          expect([step, value, wish, status < 500]).toEqual([step, value, wish, true])
        }
      }
      const query = encodeURIComponent(Buffer.from(value).toString())
      for (const path of [
        `/pay/${query}`,
        `/pay/${id}?pass=${query}`,
        `/pay/${id}/payment?added=${query}&tried=${query}`,
      ]) {
        expect((await shopper.request('GET', path)).status).toBeLessThan(500)
      }
    }
  })
})
