import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { type Exchange, openShopOrigin, type ShopOrigin } from '../support/shop-origin.js'
import { startTestServer, type TestAnswer, type TestServer } from '../support/test-server.js'
import { type Management, managementOver } from '../wire/bigcommerce/management.js'
import { openSdkPage, type Release, type SdkPage, sdkFiles } from './sdk-page.js'

/** A shop with the SDK on its pages, and the backend's view of it. */
export interface Stage {
  readonly release: Release
  /** A shopper who has been nowhere yet. */
  open(): Promise<SdkPage>
  /** An order as a backend reads it. */
  order(id: number): Promise<TestAnswer['json']>
  /** Requests of this test that the server refused. */
  refused(): readonly Exchange[]
}

/**
 * Hooks that start a server of its own with the demo store, and close what a test opened.
 *
 * @param stock  puts something more into the store
 */
export function useStage(
  release: Release,
  browser: () => Browser,
  stock: (server: TestServer) => Promise<void> = async () => undefined,
): Stage {
  let server: TestServer | undefined
  let shop: ShopOrigin | undefined
  let backend: Management | undefined
  const pages: SdkPage[] = []
  let before = 0
  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the shop opens before the first test')
    return part
  }
  beforeAll(async () => {
    const running = await startTestServer({})
    server = running
    await stock(running)
    backend = managementOver(() => running)
    shop = await openShopOrigin(running.baseUrl, await sdkFiles(release))
  })
  afterEach(async () => {
    const complaints = pages.flatMap(page => page.complaints)
    await Promise.all(pages.splice(0).map(page => page.close()))
    before = started(shop).exchanges.length
    expect(complaints).toEqual([])
  })
  afterAll(async () => {
    await shop?.close()
    await server?.close()
  })
  return {
    release,
    open: async () => {
      const page = await openSdkPage(browser(), started(shop))
      pages.push(page)
      return page
    },
    order: async id => {
      const answer = await started(backend).send('GET', `/v2/orders/${id}?include=consignments`)
      expect(answer.status).toBe(200)
      return answer.json
    },
    refused: () =>
      started(shop)
        .exchanges.slice(before)
        .filter(({ status }) => status >= 400),
  }
}

/** An address in Austin, where sales tax is 8.25 %, as a checkout page hands it to the SDK. */
export const austin = {
  firstName: 'Ana',
  lastName: 'Ruiz',
  company: '',
  address1: '9 Elm St',
  address2: '',
  city: 'Austin',
  stateOrProvince: 'Texas',
  stateOrProvinceCode: 'TX',
  countryCode: 'US',
  postalCode: '78701',
  phone: '',
  customFields: [],
}

/** An address where no sales tax is taken. */
export const newYork = {
  ...austin,
  address1: '350 5th Ave',
  city: 'New York',
  stateOrProvince: 'New York',
  stateOrProvinceCode: 'NY',
  postalCode: '10011',
}

/** What a checkout page hands to the SDK for the sandbox gateway. */
export const card = (ccNumber: string) => ({
  methodId: 'bigpaypay',
  paymentData: { ccName: 'Ana Ruiz', ccNumber, ccExpiry: { month: '12', year: '2040' }, ccCvv: '123' },
})

/** Brings a guest with these goods to the step of paying: one consignment to Austin, the option of 8.00. */
export async function readyToPay(
  page: SdkPage,
  goods: Parameters<SdkPage['addToCart']>[0],
): Promise<TestAnswer['json']> {
  const id = await page.addToCart(goods)
  await page.call('loadCheckout', id)
  await page.call('continueAsGuest', { email: 'ana@example.test' })
  const sent = await page.call('updateShippingAddress', austin)
  await page.call('selectShippingOption', optionAt(sent.checkout.consignments[0], 8))
  const { checkout } = await page.call('updateBillingAddress', { ...austin, email: 'ana@example.test' })
  await page.call('loadPaymentMethods')
  return checkout
}

/** Id of the option that costs this much. */
export function optionAt(consignment: TestAnswer['json'], cost: number): string {
  const offered: readonly { readonly id: string; readonly cost: number }[] = consignment.availableShippingOptions
  const found = offered.find(option => option.cost === cost)
  if (found === undefined) throw new Error(`nothing costs ${cost}: ${JSON.stringify(offered)}`)
  return found.id
}
