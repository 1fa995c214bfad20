import { describe, expect, it } from 'vitest'
import { importDepsOf } from '../../src/main.js'
import { importStoreFile } from '../../src/operations/import-store-file.js'
import { describeInChromium } from '../support/chromium.js'
import type { TestServer } from '../support/test-server.js'
import { goods, newAccount } from '../wire/bigcommerce/browser.js'
import { releases, type SdkPage } from './sdk-page.js'
import { austin, card, optionAt, type Stage, useStage } from './stage.js'

/** Stored cards as the platform's own Checkout SDK asks for them: paths, headers and bodies are its choice. */
describeInChromium('stored cards by the Checkout SDK in Chromium', browser => {
  describe.each(releases)('$version', release => describeStoredCards(useStage(release, browser, addKnownMethod)))
})

const visa = '4111111111111111'

/** The SDK shows stored cards of providers that it knows by name alone; so a store calls its method by such a name. */
const methodId = 'authorizenet'

async function addKnownMethod({ storage }: TestServer): Promise<void> {
  const method = {
    ...{ kind: 'payment_method', channel: 'us', id: methodId, integerId: 39, name: 'Card', providerName: 'sandbox' },
    ...{ provider: 'sandbox', paymentKind: 'card', position: 9, storedCards: { requiresSecurityCode: true } },
  }
  const line = `${JSON.stringify(method)}\n`
  const result = await importStoreFile(importDepsOf(storage), {
    format: 'json_lines',
    async *open() {
      yield Buffer.from(line)
    },
  })
  if (!result.ok) throw new Error(JSON.stringify(result.error.problems))
}

/** Cart, sign-up where there is an account to make, addresses, option: ready to pay. */
async function readyToPay(page: SdkPage, account?: ReturnType<typeof newAccount>): Promise<void> {
  const id = await page.addToCart([{ ...goods.mug, quantity: 1 }])
  await page.call('loadCheckout', id)
  if (account !== undefined) {
    await page.call('createCustomerAccount', account)
    await page.call('loadCheckout', id)
  }
  const sent = await page.call('updateShippingAddress', austin)
  await page.call('selectShippingOption', optionAt(sent.checkout.consignments[0], 8))
  await page.call('updateBillingAddress', austin)
  await page.call('loadPaymentMethods')
  await page.call('initializePayment', { methodId })
}

function storing(number: string, isDefault: boolean) {
  const { paymentData } = card(number)
  const more = { shouldSaveInstrument: true, shouldSetAsDefaultInstrument: isDefault }
  return { payment: { methodId, paymentData: { ...paymentData, ...more } } }
}

const stored = (instrumentId: string, more: object = { ccCvv: '123' }) => ({
  payment: { methodId, paymentData: { instrumentId, ...more } },
})

function describeStoredCards(stage: Stage): void {
  it('a customer stores a card, pays by it, and deletes it', async () => {
    const page = await stage.open()
    await readyToPay(page, newAccount())
    const empty = await page.call('loadInstruments')
    expect(empty.instruments).toEqual([])
    const first = await page.call('submitOrder', storing(visa, true))
    expect(first.order).toMatchObject({ status: 'AWAITING_FULFILLMENT', isComplete: true })

    await page.reload()
    await readyToPay(page)
    const { instruments } = await page.call('loadInstruments')
    expect(instruments).toMatchObject([
      {
        type: 'card',
        brand: 'visa',
        last4: '1111',
        expiryMonth: '12',
        expiryYear: '2040',
        provider: methodId,
        defaultInstrument: true,
        trustedShippingAddress: true,
      },
    ])
    const token: string = instruments[0].bigpayToken
    const second = await page.call('submitOrder', stored(token))
    expect(second.order).toMatchObject({ status: 'AWAITING_FULFILLMENT', isComplete: true })
    expect(await stage.order(second.order.orderId)).toMatchObject({ payment_status: 'captured' })

    await page.reload()
    await readyToPay(page)
    await page.call('loadInstruments')
    const left = await page.call('deleteInstrument', token)
    expect(left.instruments).toEqual([])
    expect((await page.call('loadInstruments')).instruments).toEqual([])
    expect(stage.refused()).toEqual([])
    const refused = await page.refusal('submitOrder', stored(token))
    expect(refused).toMatchObject({
      status: 400,
      errors: [
        {
          code: 'stored_instrument_not_found',
          message: 'That stored payment instrument could not be found.',
        },
      ],
    })
  })
}
