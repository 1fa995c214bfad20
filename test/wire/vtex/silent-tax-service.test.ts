import { expect, it } from 'vitest'
import { taxesOf } from '../../support/tax-service.js'
import { describeOnEachDatabase } from '../../support/test-server.js'
import { ana, fillIn, rio, transact } from './purchase.js'
import { clientOf, expectError } from './shop.js'
import { taxedShop } from './taxed-shop.js'

// By itself, since it waits three times for the whole five seconds.
describeOnEachDatabase(
  'an outside tax service',
  getServer => {
    const { reply, taxOf, codes } = taxedShop(getServer)

    it('that does not answer in five seconds is told as that; others are not held up meanwhile', async () => {
      const client = clientOf(getServer)
      const id = await client.begin([{ id: '18', quantity: 1 }])
      reply(() => taxesOf([], { hold: new Promise(() => undefined) }))
      let answered = false
      const slow = client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [rio] }).finally(() => {
        answered = true
      })
      const reads = await Promise.all(Array.from({ length: 20 }, () => clientOf(getServer).form(id, 'GET', '')))
      expect(reads.map(({ status }) => status)).toEqual(reads.map(() => 200))
      expect(answered, 'all the others were answered before the one that waits').toBe(false)
      // The service never answers: that this ends at all is the limit's doing.
      const { json } = await slow
      expect([taxOf(json), codes(json)]).toEqual([undefined, ['CHK00301']])
      const value = await fillIn(client, id, { profile: { ...ana, firstName: 'Anna' } }).catch(() => json.value)
      expectError(await transact(client, id, value), 'CHK00301')
    }, 60_000)
  },
  { environment: { POLYTILL_TAX_HOSTS: '127.0.0.1' }, order: 'side by side' },
)
