import type { Json } from '../../src/core/ids.js'
import type { AuthorizeRequest, PaymentProvider } from '../../src/payments/provider.js'
import type { Notify } from '../../src/payments/sandbox/sandbox-deliveries.js'
import { createSandboxGateway, type SandboxGateway } from '../../src/payments/sandbox/sandbox-gateway.js'
import { createSandboxProvider } from '../../src/payments/sandbox/sandbox-provider.js'
import { createMemorySandboxStore } from './memory-sandbox-store.js'

export const orderId = '6f1d1c1e-6a0e-4d2b-9a53-0d8f6a1b2c3d'
export const secret = 'a secret of the sandbox'

export interface Delivered {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface SandboxFixture {
  readonly gateway: SandboxGateway
  readonly provider: PaymentProvider
  readonly store: ReturnType<typeof createMemorySandboxStore>
  readonly delivered: Delivered[]
}

/** A test gateway with its own memory whose late answers come after 30 ms. */
export function sandbox(options: { readonly notify?: Notify; readonly now?: () => string } = {}): SandboxFixture {
  const store = createMemorySandboxStore()
  const delivered: Delivered[] = []
  const clock = options.now ?? (() => new Date().toISOString())
  const record: Notify = async (headers, body) => delivered.push({ headers, body })
  const gateway = createSandboxGateway({
    store,
    clock,
    secret,
    baseUrl: 'http://localhost:8080',
    notify: options.notify ?? record,
    lateMilliseconds: 30,
    retryMilliseconds: [5, 5],
  })
  return { gateway, provider: createSandboxProvider(gateway, { secret, clock }), store, delivered }
}

/** A request over 618.77 EUR by the approving card. */
export function request(
  instrument: Readonly<Record<string, Json>> = { number: '4111111111111111' },
  changes: Partial<AuthorizeRequest> = {},
): AuthorizeRequest {
  return {
    idempotencyKey: 'key-1',
    orderId,
    orderNumber: 'DE--1',
    amount: 61_877n,
    currency: 'EUR',
    method: {
      id: 'card',
      integerId: 2,
      name: 'credit card',
      providerName: 'DummyPayment',
      provider: 'sandbox',
      kind: 'card',
      position: 1,
      isActive: true,
      requiredData: [],
      enforcesRequiredData: false,
    },
    instrument,
    buyer: { email: 'customer@polytill.test' },
    returnUrl: 'https://shop.test/return?cart=1',
    capture: false,
    ...changes,
  }
}

/** Address part of a redirect. */
export function pageTokenOf(redirectUrl: string | undefined): string {
  return (redirectUrl ?? '').split('/').at(-1) ?? ''
}
