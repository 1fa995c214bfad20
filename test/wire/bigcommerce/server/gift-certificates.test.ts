import { describe, expect, it } from 'vitest'
import { exportStoreFile } from '../../../../src/operations/export-store-file.js'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { managementOver, mug } from '../management.js'
import { cashOnDelivery, newOrder, pay, readyCart } from '../purchase.js'

describeOnEachDatabase('gift certificates themselves', getServer => {
  const api = managementOver(getServer)
  const terms = (changes: object = {}) => ({
    to_name: 'Ana Ruiz',
    to_email: 'ana@example.com',
    from_name: 'Ben Ott',
    from_email: 'ben@example.com',
    amount: '10',
    ...changes,
  })
  const create = async (changes: object = {}) => {
    const answer = await api.send('POST', '/v2/gift_certificates', { body: terms(changes) })
    if (answer.status !== 201) throw new Error(answer.text)
    return answer.json
  }
  const read = (id: number) => api.send('GET', `/v2/gift_certificates/${id}`)
  const put = (id: number | string, body: object) => api.send('PUT', `/v2/gift_certificates/${id}`, { body })
  const apply = (id: string, gift_certificate_code: string) =>
    api.send('POST', `/v3/checkouts/${id}/gift-certificates`, { body: { gift_certificate_code } })
  const ledger = async (code: string) => {
    const { rows } = await getServer().storage.sql.query<{ kind: string; amount: bigint }>(
      'select kind, amount from gift_card_ledger where code_key = $1 order by id',
      [code.toLowerCase()],
    )
    return rows.map(({ kind, amount }) => [kind, Number(amount)])
  }

  describe('POST /stores/:storeHash/v2/gift_certificates', () => {
    it('makes a certificate that pays: applied, spent and in the ledger', async () => {
      const answer = await api.send('POST', '/v2/gift_certificates', {
        body: terms({ message: 'For you', template: 'birthday.html', customer_id: 1 }),
      })
      expect(answer.status).toBe(201)
      expect(answer.json).toEqual({
        id: expect.any(Number),
        to_name: 'Ana Ruiz',
        to_email: 'ana@example.com',
        from_name: 'Ben Ott',
        from_email: 'ben@example.com',
        amount: '10.0000',
        balance: '10.0000',
        code: expect.stringMatching(/^([A-Z2-9]{3}-){3}[A-Z2-9]{3}$/),
        status: 'active',
        purchase_date: expect.stringMatching(/ \+0000$/),
        expiry_date: '',
        template: 'birthday.html',
        message: 'For you',
        customer_id: 1,
        order_id: 0,
        currency_code: 'USD',
      })
      const { id, code } = answer.json
      // GET /stores/:storeHash/v2/gift_certificates/:certificateId
      expect((await read(id)).json).toEqual(answer.json)
      const cart = await readyCart(api, [mug])
      expect((await apply(cart, code)).json.data.gift_certificates).toMatchObject([{ code, used: 10, remaining: 0 }])
      await pay(api, await newOrder(api, cart), cashOnDelivery)
      expect((await read(id)).json).toEqual({ ...answer.json, balance: '0.0000' })
      expect(await ledger(code)).toEqual([
        ['initial', 1000],
        ['hold', -1000],
      ])
    })

    it('takes a balance, a code that is cut to 20 characters, and a date', async () => {
      const made = await create({ balance: 4, code: 'A-CODE-OF-25-CHARACTERS-1', expiry_date: '2099-01-02' })
      expect(made).toMatchObject({
        balance: '4.0000',
        code: 'A-CODE-OF-25-CHARACT',
        expiry_date: 'Fri, 02 Jan 2099 00:00:00 +0000',
      })
      expect(await ledger(made.code)).toEqual([['initial', 400]])
    })

    it.each([
      ['pending', {}],
      ['disabled', {}],
      ['expired', { expiry_date: '2020-01-01' }],
    ])('makes one that is %s, which does not pay', async (status, changes) => {
      const made = await create({ status, ...changes })
      expect(made.status).toBe(status)
      const { id } = await api.newCart([mug])
      expect((await apply(id, made.code)).status).toBe(400)
    })

    it('of many that want one code exactly one gets it', async () => {
      const body = terms({ code: 'ONE-OF-EIGHT' })
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => api.send('POST', '/v2/gift_certificates', { body })),
      )
      expect(answers.map(answer => answer.status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)])
      expect(answers.find(answer => answer.status === 409)?.json).toEqual([
        { status: 409, message: 'The code is taken already.', details: { code: 'taken' } },
      ])
    })

    it.each([
      [{ to_name: undefined }, 'to_name', 'required'],
      [{ to_email: 'ana' }, 'to_email', 'must be an email address'],
      [{ from_name: '' }, 'from_name', 'must be at least 1 characters long'],
      [{ amount: undefined }, 'amount', 'required'],
      [{ amount: '0' }, 'amount', 'must be an amount above zero'],
      [{ amount: 'ten' }, 'amount', 'must be an amount above zero'],
      [{ balance: '-1' }, 'balance', 'must be an amount'],
      [{ currency_code: 'EUR' }, 'currency_code', 'is no currency of this store'],
      [{ status: 'expired' }, 'status', 'needs an expiry_date'],
      [{ expiry_date: 'never' }, 'expiry_date', 'must be a date'],
      [{ purchase_date: 'then' }, 'purchase_date', 'must be a date'],
    ])('refuses %j', async (changes, field, rule) => {
      const { status, json } = await api.send('POST', '/v2/gift_certificates', { body: terms(changes) })
      expect([status, json[0].details]).toEqual([422, { [field]: rule }])
    })
  })

  it('GET /stores/:storeHash/v2/gift_certificates lists, filters and pages; 204 for none', async () => {
    const one = await create({ to_email: 'One@example.com', from_name: 'Cem' })
    const two = await create({ to_name: 'Two' })
    const list = async (query: string) => {
      const { status, json, text } = await api.send('GET', `/v2/gift_certificates?${query}`)
      return status === 204 ? text : json.map((card: { id: number }) => card.id)
    }
    const both = `min_id=${one.id}&max_id=${two.id}`
    expect(await list(both)).toEqual([one.id, two.id])
    expect(await list(`${both}&direction=desc`)).toEqual([two.id, one.id])
    expect(await list(`${both}&limit=1&page=2`)).toEqual([two.id])
    expect(await list('to_email=one@example.com')).toEqual([one.id])
    expect(await list(`${both}&to_name=two`)).toEqual([two.id])
    expect(await list('from_name=cem')).toEqual([one.id])
    expect(await list(`${both}&from_email=nobody@example.com`)).toBe('')
    expect(await list(`code=${one.code}`)).toEqual([one.id])
    expect(await list('order_id=7')).toBe('')
    expect((await api.send('GET', '/v2/gift_certificates?code=GIFT50DEMO')).json).toMatchObject([
      { id: 1, amount: '50.0000', to_name: '' },
    ])
  })

  describe('PUT /stores/:storeHash/v2/gift_certificates/:certificateId', () => {
    it('changes what was sent; a new balance is an entry of the ledger', async () => {
      const made = await create()
      expect((await put(made.id, { balance: '25', message: 'More' })).json).toEqual({
        ...made,
        balance: '25.0000',
        message: 'More',
      })
      expect((await put(made.id, { balance: 3 })).json).toMatchObject({ balance: '3.0000', message: 'More' })
      expect(await ledger(made.code)).toEqual([
        ['initial', 1000],
        ['release', 1500],
        ['hold', -2200],
      ])
      expect((await put(made.id, { status: 'disabled' })).json.status).toBe('disabled')
      const { id } = await api.newCart([mug])
      expect((await apply(id, made.code)).status).toBe(400)
      expect((await put(made.id, { status: 'active' })).json.status).toBe('active')
      expect((await apply(id, made.code)).status).toBe(200)
    })

    it('loses nothing when many change it at once', async () => {
      const made = await create()
      const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => put(made.id, { balance: at + 1 })))
      expect(answers.map(answer => answer.status)).toEqual(Array.from({ length: 8 }, () => 200))
      const entries = await ledger(made.code)
      const sum = entries.reduce((total, [, amount]) => total + Number(amount), 0)
      expect((await read(made.id)).json.balance).toBe((sum / 100).toFixed(4))
    })

    it('refuses another code, terms that cannot be, the one of the store file, and one that is none', async () => {
      const made = await create()
      expect((await put(made.id, { code: 'OTHER' })).status).toBe(422)
      expect((await put(made.id, { balance: '-1' })).status).toBe(422)
      expect((await put(1, { balance: '100' })).status).toBe(409)
      expect((await put(99_999_999, { balance: '1' })).status).toBe(404)
      expect((await put('abc', { balance: '1' })).status).toBe(404)
      expect((await read(made.id)).json).toEqual(made)
    })
  })

  it('DELETE /stores/:storeHash/v2/gift_certificates/:certificateId takes it back, and forgets the people', async () => {
    const made = await create({ to_name: 'Somebody Particular' })
    const { id } = await api.newCart([mug])
    await apply(id, made.code)
    const gone = await api.send('DELETE', `/v2/gift_certificates/${made.id}`)
    expect([gone.status, gone.text]).toEqual([204, ''])
    expect((await read(made.id)).status).toBe(404)
    expect((await api.send('DELETE', `/v2/gift_certificates/${made.id}`)).status).toBe(404)
    expect((await api.checkout(id)).gift_certificates).toEqual([])
    const { rows } = await getServer().storage.sql.query<{ text: string }>(
      `select coalesce(string_agg(details::text, ''), '') as text from gift_cards`,
    )
    expect(rows[0]?.text).not.toContain('Somebody Particular')
    expect((await api.send('DELETE', '/v2/gift_certificates/1')).status).toBe(404)
  })

  it('DELETE /stores/:storeHash/v2/gift_certificates takes back all that were made here', async () => {
    const made = await create()
    expect((await api.send('DELETE', '/v2/gift_certificates')).status).toBe(204)
    expect((await read(made.id)).status).toBe(404)
    expect((await read(1)).status).toBe(200)
  })

  it('no export tells who gave what to whom', async () => {
    await create({ to_name: 'Secret Recipient', to_email: 'secret@example.com', message: 'Secret words' })
    let text = ''
    for await (const piece of exportStoreFile({ store: getServer().storage.imports }, 'json_lines')) text += piece
    expect(text).toContain('gift_card')
    expect(text).not.toMatch(/secret/i)
  })

  it('a token without the scope sees none', async () => {
    const token = await api.server.operations.issueCredential({
      kind: 'api_key',
      subject: 'no certificates',
      dialect: 'bigcommerce',
      permissions: ['payments:read', 'payments:write'],
      data: { storeHash: 'demo', scopes: ['store_v2_orders'] },
    })
    const answer = await api.send('GET', '/v2/gift_certificates', { token })
    expect([answer.status, answer.json]).toEqual([403, [{ status: 403, message: 'Forbidden' }]])
  })
})
