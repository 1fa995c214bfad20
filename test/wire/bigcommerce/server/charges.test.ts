import { expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { brewer, managementOver, mug, notThere } from '../management.js'

const fee = { type: 'custom_fee', name: 'wrap', display_name: 'Wrapping', cost: 2.5, source: 'app' }

describeOnEachDatabase('fees and discounts between servers', getServer => {
  const api = managementOver(getServer)
  const send = (method: string, id: string, body: object) => api.send(method, `/v3/checkouts/${id}/fees`, { body })

  it('POST /stores/:storeHash/v3/checkouts/:checkoutId/fees adds fees, five at most', async () => {
    const { id } = await api.newCart([mug])
    const answer = await send('POST', id, { fees: [fee], version: 1 })
    expect(answer.status).toBe(200)
    expect(answer.json.data.fees).toEqual([
      {
        id: expect.any(String),
        type: 'custom_fee',
        name: 'wrap',
        display_name: 'Wrapping',
        cost_inc_tax: 2.5,
        cost_ex_tax: 2.5,
        source: 'app',
        tax_class_id: null,
      },
    ])
    expect(answer.json.data.grand_total).toBe(15)
    expect((await send('POST', id, { fees: [fee, fee, fee, fee, fee] })).status).toBe(422)
    expect((await send('POST', id, { fees: [] })).status).toBe(422)
    expect((await send('POST', id, { fees: [{ ...fee, cost: undefined }] })).status).toBe(422)
    expect((await send('POST', id, { fees: [fee], version: 1 })).status).toBe(409)
    expect((await send('POST', notThere, { fees: [fee] })).status).toBe(404)
  })

  it('PUT /stores/:storeHash/v3/checkouts/:checkoutId/fees replaces one, DELETE /stores/:storeHash/v3/checkouts/:checkoutId/fees removes it', async () => {
    const { id } = await api.newCart([mug])
    const [{ id: feeId }] = (await send('POST', id, { fees: [fee] })).json.data.fees
    const dearer = await send('PUT', id, { fees: [{ ...fee, id: feeId, cost: 4 }] })
    expect(dearer.json.data.fees).toMatchObject([{ id: feeId, cost_ex_tax: 4 }])
    expect((await send('PUT', id, { fees: [{ ...fee, id: 'x' }] })).status).toBe(422)
    expect((await send('DELETE', id, { ids: ['x'] })).status).toBe(422)
    expect((await send('DELETE', id, { ids: [feeId] })).json.data.fees).toEqual([])
  })

  it('POST /stores/:storeHash/v3/checkouts/:checkoutId/discounts takes an amount off lines and order', async () => {
    const cart = await api.newCart([brewer, mug])
    const [first] = cart.line_items.physical_items
    const post = (body: object, id = cart.id) => api.send('POST', `/v3/checkouts/${id}/discounts`, { body })
    const body = {
      cart: { discounts: [{ discounted_amount: 10 }], line_items: [{ id: first.id, discounted_amount: 15 }] },
    }
    const answer = await post(body)
    expect(answer.status).toBe(200)
    expect(answer.json.data.cart).toMatchObject({
      manual_discount_amount: 25,
      discount_amount: 25,
      cart_amount_ex_tax: 212.5,
    })
    const [line] = answer.json.data.cart.line_items.physical_items
    expect(line.discounts).toEqual(expect.arrayContaining([{ id: 'manual-discount', discounted_amount: 15 }]))
    expect((await post({ cart: { discounts: [] } })).json.data.cart.manual_discount_amount).toBe(0)
    expect((await post({ cart: { line_items: [{ id: notThere, discounted_amount: 1 }] } })).status).toBe(404)
    expect((await post({})).status).toBe(422)
    expect((await post(body, notThere)).status).toBe(404)
  })
})
