import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { startTaxService, type TestTaxService, tenPercent } from '../../support/tax-service.js'
import type { TestServer } from '../../support/test-server.js'
import { rio } from './purchase.js'
import { clientOf, demoKey, type VtexClient } from './shop.js'

export const configuration = '/api/checkout/pvt/configuration/orderForm'
export const secret = 'Bearer tax-secret-4711'

/** A store whose taxes a service on loopback says: ten percent, until a test says otherwise. */
export function taxedShop(getServer: () => TestServer) {
  let service: TestTaxService | undefined
  const running = (): TestTaxService => {
    if (service === undefined) throw new Error('the service starts before the first test')
    return service
  }
  const send = (method: string, path: string, body?: unknown) => clientOf(getServer).send(method, path, body, demoKey)
  const configure = async (taxConfiguration: object | null) =>
    expect((await send('PATCH', configuration, { taxConfiguration })).status).toBe(204)

  beforeAll(async () => {
    service = await startTaxService()
  })
  afterAll(() => service?.close())
  beforeEach(async () => {
    running().reply(tenPercent)
    await configure({ url: running().url, authorizationHeader: secret, appId: 'trade' })
  })

  return {
    send,
    configure,
    url: () => running().url,
    requests: () => running().requests,
    /** How often the service was asked so far. */
    asked: () => running().requests.length,
    reply: (next: Parameters<TestTaxService['reply']>[0]) => running().reply(next),
    /** Later than a failure is remembered. */
    wait: () => getServer().advance(6_000),
    taxOf: (form: { readonly totalizers: readonly { readonly id: string; readonly value: number }[] }) =>
      form.totalizers.find(({ id }) => id === 'Tax')?.value,
    codes: (form: { readonly messages: readonly { readonly code: string }[] }) => form.messages.map(({ code }) => code),
    /** Two mugs on their way to Rio: 25.00 and 7.00. */
    async shipped(client: VtexClient, items = [{ id: '18', quantity: 2 }]) {
      const id = await client.begin(items)
      const answer = await client.form(id, 'POST', '/attachments/shippingData', { selectedAddresses: [rio] })
      expect(answer.status).toBe(200)
      return { id, form: answer.json }
    },
  }
}
