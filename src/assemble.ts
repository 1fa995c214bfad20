import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import type { Instant } from './core/ids.js'
import { limits } from './core/limits.js'
import { dialects } from './dialects/index.js'
import { createAttemptLimiter } from './operations/attempt-limiter.js'
import { bindOperations } from './operations/bind-operations.js'
import { createCartQueue } from './operations/cart-queue.js'
import type { Deps, IdSource, Log } from './operations/deps.js'
import { createFactsSource } from './operations/facts/cached-facts.js'
import { cacheKeys } from './operations/facts/cached-keys.js'
import { cacheSignOuts } from './operations/facts/cached-sign-outs.js'
import type { Operations } from './operations/operations.js'
import { receiveWebhook } from './operations/receive-webhook.js'
import { createPasswordHasher } from './password-hasher.js'
import { createAbsentProvider } from './payments/absent-provider.js'
import { createBoundedProvider } from './payments/bounded-provider.js'
import { createManualProvider } from './payments/manual/manual-provider.js'
import type { PaymentProvider } from './payments/provider.js'
import { type ProviderName, providerNames } from './payments/provider-names.js'
import { createSandboxGateway, type SandboxGateway } from './payments/sandbox/sandbox-gateway.js'
import { createSandboxProvider } from './payments/sandbox/sandbox-provider.js'
import type { SandboxStore } from './payments/sandbox/sandbox-store.js'
import type { Storage } from './storage/storage.js'
import type { TrustedHosts } from './taxes/reachable-hosts.js'
import { createTaxServices } from './taxes/remote-tax-service.js'

/** What the parts are put together from; tests may hand in a clock. */
export interface AssemblyOptions {
  readonly storage: Storage
  readonly gatewayRecords: SandboxStore
  readonly log: Log
  /** Origin under which hosted pages are reached; asked late, since a free port is known only after listening. */
  readonly baseUrl: () => string
  readonly clock?: () => Instant
  /** How long a gateway is waited for, milliseconds; absent: `limits.gatewayWaitMilliseconds`. */
  readonly gatewayWaitMilliseconds?: number
  /** Where providers of taxes may be asked besides the open network; absent: nowhere. */
  readonly taxHosts?: TrustedHosts
  /** Payments by Stripe; absent: nobody pays by it. */
  readonly stripe?: PaymentProvider
}

export interface Assembly {
  readonly operations: Operations
  readonly sandbox: SandboxGateway
  readonly deps: Deps
}

/** Asked many times within a millisecond, in which the text stays the same. */
function openClock(): () => Instant {
  let last = 0
  let text = ''
  return () => {
    const now = Date.now()
    if (now !== last) text = new Date(now).toISOString()
    last = now
    return text
  }
}

/** Composition by hand: operations over storage, payment providers and the machine's clock and randomness. */
export async function assemble(options: AssemblyOptions): Promise<Assembly> {
  const clock = options.clock ?? openClock()
  const storage = { ...options.storage, credentials: cacheKeys(options.storage.credentials, clock) }
  const { log, gatewayWaitMilliseconds = limits.gatewayWaitMilliseconds } = options
  const providers = new Map<string, PaymentProvider>()
  const taxes = createTaxServices(
    dialects.flatMap(({ taxProtocol }) => taxProtocol ?? []),
    options.taxHosts ?? [],
  )
  const deps: Deps = {
    storage,
    facts: createFactsSource(storage, clock, taxes),
    taxes,
    providers,
    clock,
    ids: randomIds,
    passwords: createPasswordHasher(),
    limiter: createAttemptLimiter(storage.attempts, clock),
    signOuts: cacheSignOuts(storage.signOuts, clock),
    log,
    queue: createCartQueue(),
    get baseUrl() {
      return options.baseUrl()
    },
  }
  const secret = await storage.settings.readOrCreate('sandbox-gateway', randomIds.secret)
  const sandbox = createSandboxGateway({
    store: options.gatewayRecords,
    clock,
    secret,
    get baseUrl() {
      return options.baseUrl()
    },
    // Longer than anybody waits for it.
    lateMilliseconds: gatewayWaitMilliseconds + 1_000,
    // The gateway knocks at our receiver as any other would, only without a network in between.
    notify: async (headers, body) => {
      const answer = await receiveWebhook(deps, { provider: 'sandbox', headers, body })
      return answer.ok
    },
  })
  const known: Readonly<Record<ProviderName, PaymentProvider>> = {
    manual: createManualProvider(),
    sandbox: createBoundedProvider(createSandboxProvider(sandbox, { secret, clock }), gatewayWaitMilliseconds),
    stripe:
      options.stripe === undefined
        ? createAbsentProvider('stripe')
        : createBoundedProvider(options.stripe, gatewayWaitMilliseconds),
  }
  for (const name of providerNames) providers.set(name, known[name])
  return { operations: bindOperations(deps), sandbox, deps }
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const randomIds: IdSource = {
  uuid: () => randomUUID(),
  secret: () => Array.from(randomBytes(32), byte => alphabet[byte % 64]).join(''),
  digits: count => Array.from({ length: count }, () => randomInt(10)).join(''),
  integer: () => randomInt(1, 2 ** 31),
}
