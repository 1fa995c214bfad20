import { describe, expect, it } from 'vitest'
import { describeOnEachDatabase } from '../../../support/test-server.js'
import { austin, brewer, managementOver, notThere } from '../management.js'

describeOnEachDatabase('the billing address between servers', getServer => {
  const api = managementOver(getServer)
  const post = (id: string, body: object) => api.send('POST', `/v3/checkouts/${id}/billing-address`, { body })

  describe('POST /stores/:storeHash/v3/checkouts/:checkoutId/billing-address', () => {
    it('keeps it, fills in names and codes, and mirrors the e-mail address', async () => {
      const { id } = await api.newCart([brewer])
      const custom_fields = [
        { field_id: 'field_25', field_value: 'x' },
        { field_id: 'field_26', field_value: 7 },
        { field_id: 'field_27', field_value: ['a', 'b'] },
      ]
      const { state_or_province: _name, ...coded } = austin
      const answer = await post(id, { ...coded, custom_fields, unknown: 1, version: 1 })
      expect(answer.status).toBe(200)
      expect(answer.json.data.billing_address).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{13}$/),
        ...austin,
        country: 'United States',
        custom_fields,
      })
      expect(answer.json.data.cart.email).toBe('ana@example.com')
      const again = await post(id, { email: 'b@example.com', country_code: 'USA' })
      expect(again.json.data).toMatchObject({
        billing_address: { id: answer.json.data.billing_address.id, country: '', country_code: '', first_name: '' },
        cart: { email: 'b@example.com' },
        tax_total: 22.5,
      })
    })

    it('refuses one without e-mail or country, an old version, an unknown checkout', async () => {
      const { id } = await api.newCart([brewer])
      expect((await post(id, {})).json.errors).toEqual({ email: 'required', country_code: 'required' })
      expect((await post(id, { ...austin, version: 3 })).status).toBe(409)
      expect((await post(id, { ...austin, city: 'x'.repeat(300) })).status).toBe(422)
      expect((await post(notThere, austin)).status).toBe(404)
    })
  })

  describe('PUT /stores/:storeHash/v3/checkouts/:checkoutId/billing-address/:addressId', () => {
    it('replaces it by its id', async () => {
      const { id } = await api.newCart([brewer])
      const { billing_address } = (await post(id, austin)).json.data
      const path = `/v3/checkouts/${id}/billing-address/${billing_address.id}`
      const answer = await api.send('PUT', path, { body: { ...austin, city: 'Dallas' } })
      expect(answer.status).toBe(200)
      expect(answer.json.data.billing_address).toEqual({ ...billing_address, city: 'Dallas' })
    })

    it('another id: 404', async () => {
      const { id } = await api.newCart([brewer])
      const put = () => api.send('PUT', `/v3/checkouts/${id}/billing-address/5d484d668e5aa`, { body: austin })
      expect((await put()).status).toBe(404)
      await post(id, austin)
      expect((await put()).status).toBe(404)
    })
  })
})
