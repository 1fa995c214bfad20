import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { brewer, coffeemaker, managementOver, mug, tee } from '../management.js'
import { approved, cashOnDelivery, newOrder, pay, readyCart } from '../purchase.js'

describeOnEachDatabase('coupons themselves', getServer => {
  const api = managementOver(getServer)
  let made = 0
  const terms = (changes: object = {}) => {
    made += 1
    return {
      name: `Ten off ${made}`,
      type: 'per_total_discount',
      amount: '10',
      code: `TEN_${made}`,
      applies_to: { entity: 'categories', ids: [0] },
      ...changes,
    }
  }
  const create = async (changes: object = {}) => {
    const answer = await api.send('POST', '/v2/coupons', { body: terms(changes) })
    if (answer.status !== 201) throw new Error(answer.text)
    return answer.json
  }
  const apply = (id: string, coupon_code: string) =>
    api.send('POST', `/v3/checkouts/${id}/coupons`, { body: { coupon_code } })
  const isMailTime = expect.stringMatching(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/)

  describe('POST /stores/:storeHash/v2/coupons', () => {
    it('makes a coupon that works in the next request, and is read back as it was answered', async () => {
      const { id: cart } = await api.newCart([brewer])
      const body = terms({ min_purchase: '25', expires: 'Fri, 02 Jan 2099 03:04:05 +0000', max_uses: 5 })
      const answer = await api.send('POST', '/v2/coupons', { body })
      expect(answer.status).toBe(201)
      expect(answer.json).toEqual({
        id: expect.any(Number),
        name: body.name,
        type: 'per_total_discount',
        amount: '10.0000',
        min_purchase: '25.0000',
        expires: 'Fri, 02 Jan 2099 03:04:05 +0000',
        enabled: true,
        code: body.code,
        applies_to: { entity: 'categories', ids: [0] },
        num_uses: 0,
        max_uses: 5,
        max_uses_per_customer: 0,
        restricted_to: {},
        shipping_methods: [],
        date_created: isMailTime,
      })
      // GET /stores/:storeHash/v2/coupons/:couponId
      expect((await api.send('GET', `/v2/coupons/${answer.json.id}`)).json).toEqual(answer.json)
      const { json } = await apply(cart, body.code)
      expect(json.data.cart.coupons).toMatchObject([{ id: answer.json.id, code: body.code, discounted_amount: 10 }])
      expect(json.data.grand_total).toBe(236.5)
    })

    it.each([
      ['per_item_discount', { amount: '2.50', applies_to: { entity: 'products', ids: [86] } }, 5],
      ['percentage_discount', { amount: 10 }, 49.95],
      ['per_total_discount', { amount: '7.5' }, 7.5],
    ])('takes off what a %s takes off', async (type, changes, off) => {
      const { code } = await create({ type, ...changes })
      const { id } = await api.newCart([{ ...brewer, quantity: 2 }, coffeemaker])
      expect((await apply(id, code)).json.data.cart.coupons).toMatchObject([
        { coupon_type: type, discounted_amount: off },
      ])
    })

    it.each([
      ['free_shipping', { amount: '0' }, 0],
      ['shipping_discount', { amount: '3' }, 5],
    ])('makes shipping cheaper with a %s', async (type, changes, cost) => {
      const { code } = await create({ type, ...changes })
      const id = await readyCart(api, [mug])
      await apply(id, code)
      const options = (await api.checkout(id, 'consignments.available_shipping_options')).consignments[0]
      if (type === 'free_shipping')
        expect(options.available_shipping_options[0]).toMatchObject({ cost, type: 'freeshipping' })
      else expect(options.shipping_cost_ex_tax).toBe(cost)
    })

    it('holds only for its goods, its minimum and its countries', async () => {
      const forTees = await create({ applies_to: { entity: 'products', ids: [19] } })
      const forMuch = await create({ min_purchase: '1000' })
      const forCanada = await create({ restricted_to: { countries: 'CA' } })
      expect(forCanada.restricted_to).toEqual({ countries: 'CA' })
      expect(forTees.applies_to).toEqual({ entity: 'products', ids: [19] })
      const id = await readyCart(api, [mug])
      for (const { code } of [forTees, forMuch, forCanada]) expect((await apply(id, code)).status).toBe(422)
      const { id: other } = await api.newCart([tee])
      expect((await apply(other, forTees.code)).status).toBe(200)
    })

    it('holds only for its categories, by the numbers that the store gives them', async () => {
      const percent = { type: 'percentage_discount', amount: '50' }
      const forClothes = await create({ ...percent, applies_to: { entity: 'categories', ids: [22, 23] } })
      expect(forClothes.applies_to).toEqual({ entity: 'categories', ids: [22, 23] })
      const read = await api.send('GET', `/v2/coupons/${forClothes.id}`)
      expect(read.json).toEqual(forClothes)
      const { id } = await api.newCart([mug])
      expect((await apply(id, forClothes.code)).status).toBe(422)
      const { id: other } = await api.newCart([mug, tee])
      expect((await apply(other, forClothes.code)).json.data.coupons).toMatchObject([{ discounted_amount: 20 }])
      const offOrder = await create({ applies_to: { entity: 'categories', ids: [22] } })
      expect((await apply(id, offOrder.code)).status).toBe(422)
      const { id: third } = await api.newCart([tee])
      expect((await apply(third, offOrder.code)).status).toBe(200)
      const changed = await api.send('PUT', `/v2/coupons/${offOrder.id}`, {
        body: { applies_to: { entity: 'categories', ids: [0] } },
      })
      expect(changed.json.applies_to).toEqual({ entity: 'categories', ids: [0] })
    })

    it('counts uses, and is used up', async () => {
      const coupon = await create({ max_uses: 1 })
      const first = await readyCart(api, [mug])
      await apply(first, coupon.code)
      await pay(api, await newOrder(api, first), approved)
      expect((await api.send('GET', `/v2/coupons/${coupon.id}`)).json.num_uses).toBe(1)
      const { id } = await api.newCart([mug])
      expect((await apply(id, coupon.code)).status).toBe(422)
    })

    it('of many that want one code exactly one gets it, and no id is given twice', async () => {
      const body = terms()
      const same = await Promise.all(
        Array.from({ length: 8 }, (_, at) =>
          api.send('POST', '/v2/coupons', { body: { ...body, name: `${body.name} ${at}` } }),
        ),
      )
      expect(same.map(answer => answer.status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)])
      const others = await Promise.all(Array.from({ length: 8 }, () => create()))
      expect(new Set(others.map(one => one.id)).size).toBe(8)
    })

    it('refuses codes and names that are taken', async () => {
      const { code, name } = await create()
      const taken = await api.send('POST', '/v2/coupons', { body: terms({ code: code.toLowerCase() }) })
      expect([taken.status, taken.json]).toEqual([
        409,
        [{ status: 409, message: 'The code is taken already.', details: { code: 'taken' } }],
      ])
      expect((await api.send('POST', '/v2/coupons', { body: terms({ name }) })).json[0].message).toBe(
        'The name is taken already.',
      )
    })

    it.each([
      [{ name: undefined }, 'name', 'required'],
      [{ code: undefined }, 'code', 'required'],
      [{ code: 'no/slash' }, 'code', 'must be 1 to 50 letters, digits, spaces, dashes and underscores'],
      [{ amount: undefined }, 'amount', 'required'],
      [{ amount: '-1' }, 'amount', 'must be an amount above zero'],
      [{ type: 'percentage_discount', amount: '101' }, 'amount', 'must be a percentage from 0 to 100'],
      [{ type: 'gift' }, 'type', undefined],
      [{ type: 'promotion' }, 'type', 'cannot be promotion: that is no coupon of this API'],
      [{ applies_to: undefined }, 'applies_to', 'required'],
      [{ applies_to: { entity: 'products', ids: [424242] } }, 'applies_to.ids', 'has no product 424242'],
      [
        { applies_to: { entity: 'categories', ids: [7] } },
        'applies_to.ids',
        'has a category that the store does not number',
      ],
      [{ expires: 'soon' }, 'expires', 'must be a date'],
      [{ restricted_to: { countries: 'XX' } }, 'restricted_to.countries', 'has no country XX'],
      [{ shipping_methods: ['nowhere'] }, 'shipping_methods', 'has a method that is not there'],
    ])('refuses %j', async (changes, field, rule) => {
      const { status, json } = await api.send('POST', '/v2/coupons', { body: terms(changes) })
      expect(status).toBe(422)
      expect(json[0].details[field]).toEqual(rule ?? expect.any(String))
    })
  })

  it('GET /stores/:storeHash/v2/coupons lists, filters and pages; 204 for none', async () => {
    const [one, two] = [await create(), await create({ type: 'free_shipping', amount: '0' })]
    const list = async (query: string) => {
      const { status, json, text } = await api.send('GET', `/v2/coupons?${query}`)
      return status === 204 ? text : json.map((coupon: { id: number }) => coupon.id)
    }
    const both = `min_id=${one.id}&max_id=${two.id}`
    expect(await list(both)).toEqual([one.id, two.id])
    expect(await list(`${both}&type=free_shipping`)).toEqual([two.id])
    expect(await list(`${both}&exclude_type=free_shipping`)).toEqual([one.id])
    expect(await list(`${both}&type=promotion`)).toBe('')
    expect(await list(`${both}&exclude_type=promotion&limit=1&page=2`)).toEqual([two.id])
    expect(await list(`code=${one.code.toLowerCase()}`)).toEqual([one.id])
    expect(await list(`name=${encodeURIComponent(two.name)}`)).toEqual([two.id])
    expect(await list(`id=${two.id}`)).toEqual([two.id])
    expect(await list('code=nobody')).toBe('')
    expect(await list('type=percentage_discount&code=SAVE20')).toEqual([2])
    // GET /stores/:storeHash/v2/coupons/count
    const { count } = (await api.send('GET', '/v2/coupons/count')).json
    await create()
    expect((await api.send('GET', '/v2/coupons/count')).json).toEqual({ count: count + 1 })
  })

  describe('PUT /stores/:storeHash/v2/coupons/:couponId', () => {
    it('changes what was sent, and carts see it with their next request', async () => {
      const coupon = await create()
      const { id } = await api.newCart([brewer])
      await apply(id, coupon.code)
      const changed = await api.send('PUT', `/v2/coupons/${coupon.id}`, { body: { amount: '20', name: 'Twenty off' } })
      expect([changed.status, changed.json]).toEqual([200, { ...coupon, amount: '20.0000', name: 'Twenty off' }])
      expect((await api.checkout(id)).coupons).toMatchObject([{ discounted_amount: 20 }])
      const off = await api.send('PUT', `/v2/coupons/${coupon.id}`, { body: { enabled: false } })
      expect(off.json).toEqual({ ...changed.json, enabled: false })
      const { id: next } = await api.newCart([brewer])
      expect((await apply(next, coupon.code)).status).toBe(422)
    })

    it('refuses another code, a name that is taken, terms that cannot be, one that others share, and one that is none', async () => {
      const [one, two] = [await create(), await create()]
      const put = async (id: number | string, body: object) =>
        (await api.send('PUT', `/v2/coupons/${id}`, { body })).status
      expect(await put(one.id, { code: 'OTHER' })).toBe(422)
      expect(await put(one.id, { name: two.name })).toBe(409)
      expect(await put(one.id, { type: 'percentage_discount', amount: '200' })).toBe(422)
      expect(await put(6, { amount: '6' })).toBe(409)
      expect(await put(99_999_999, { amount: '6' })).toBe(404)
      expect(await put('abc', { amount: '6' })).toBe(404)
      expect((await api.send('GET', `/v2/coupons/${one.id}`)).json).toEqual(one)
    })
  })

  describe('DELETE /stores/:storeHash/v2/coupons/:couponId', () => {
    it('takes it back: carts lose it, orders keep it, its name is free, its code where no order had it', async () => {
      const coupon = await create()
      const paid = await readyCart(api, [mug])
      await apply(paid, coupon.code)
      const order = await newOrder(api, paid)
      await pay(api, order, cashOnDelivery)
      const { id } = await api.newCart([brewer])
      await apply(id, coupon.code)
      const gone = await api.send('DELETE', `/v2/coupons/${coupon.id}`)
      expect([gone.status, gone.text]).toEqual([204, ''])
      expect((await api.send('GET', `/v2/coupons/${coupon.id}`)).status).toBe(404)
      expect((await api.send('DELETE', `/v2/coupons/${coupon.id}`)).status).toBe(404)
      expect((await api.checkout(id)).coupons).toEqual([])
      expect((await api.send('GET', `/v2/orders/${order}/coupons`)).json).toMatchObject([{ code: coupon.code }])
      expect((await api.send('PUT', `/v2/orders/${order}`, { body: { status_id: 5 } })).status).toBe(200)
      const again = await create({ name: coupon.name })
      expect((await api.send('POST', '/v2/coupons', { body: terms({ code: coupon.code }) })).status).toBe(409)
      await api.send('DELETE', `/v2/coupons/${again.id}`)
      await create({ code: again.code })
    })

    it('keeps one that other channels share', async () => {
      const answer = await api.send('DELETE', '/v2/coupons/6')
      expect([answer.status, answer.json[0].message]).toEqual([
        409,
        'This code came with the store and may belong to other channels too.',
      ])
    })
  })

  it('DELETE /stores/:storeHash/v2/coupons takes back those that are named', async () => {
    const [one, two, three] = [await create(), await create(), await create()]
    expect((await api.send('DELETE', `/v2/coupons?id:in=${one.id},${two.id}`)).status).toBe(204)
    const left = await api.send('GET', `/v2/coupons?min_id=${one.id}`)
    expect(left.json.map((coupon: { id: number }) => coupon.id)).toEqual([three.id])
    expect((await api.send('DELETE', `/v2/coupons?id:in=${one.id}`)).status).toBe(404)
  })

  it('a token without the scope or the right changes nothing', async () => {
    const token = await api.server.operations.issueCredential({
      kind: 'api_key',
      subject: 'marketing reader',
      dialect: 'bigcommerce',
      permissions: ['settings:read'],
      data: { storeHash: 'demo', scopes: ['store_v2_marketing_read_only'] },
    })
    expect((await api.send('GET', '/v2/coupons', { token })).status).toBe(200)
    expect((await api.send('POST', '/v2/coupons', { token, body: terms() })).status).toBe(403)
    expect((await api.send('GET', '/v2/coupons', { token: null })).status).toBe(401)
    const full = await api.server.operations.issueCredential({
      kind: 'api_key',
      subject: 'no rights',
      dialect: 'bigcommerce',
      data: { storeHash: 'demo', scopes: ['store_v2_marketing'] },
    })
    expect((await api.send('POST', '/v2/coupons', { token: full, body: terms() })).status).toBe(403)
  })

  it.each(['5,abc', '', ' ', '1,,2', '0', '-1', '1.5', '5;6'])(
    'DELETE /stores/:storeHash/v2/coupons?id:in=%s takes nothing back',
    async ids => {
      const kept = await create()
      const answer = await api.send('DELETE', `/v2/coupons?id:in=${encodeURIComponent(ids)}`)
      expect(answer).toMatchObject({
        status: 422,
        json: [{ status: 422, details: { 'id:in': 'must be whole numbers, separated by commas' } }],
      })
      expect((await api.send('GET', `/v2/coupons/${kept.id}`)).status).toBe(200)
    },
  )

  it('DELETE /stores/:storeHash/v2/coupons without ids takes back all that are this channel’s alone', async () => {
    const [one, two] = [await create(), await create()]
    const gone = await api.send('DELETE', '/v2/coupons')
    expect([gone.status, gone.text]).toEqual([204, ''])
    for (const { id } of [one, two]) expect((await api.send('GET', `/v2/coupons/${id}`)).status).toBe(404)
    const left = await api.send('GET', '/v2/coupons')
    expect(left.json.map((coupon: { code: string }) => coupon.code)).toEqual(['ONCE'])
    expect((await api.send('DELETE', '/v2/coupons')).status).toBe(204)
  })
})
