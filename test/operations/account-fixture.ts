import { assemble } from '../../src/assemble.js'
import type { Caller } from '../../src/core/access/caller.js'
import type { Customer } from '../../src/core/customers/customer.js'
import type { Deps } from '../../src/operations/deps.js'
import type { NewCustomer, Operations } from '../../src/operations/operations.js'
import type { OpenStorage } from '../../src/storage/open-storage.js'
import { createGatewayRecords } from '../../src/storage/postgres/gateway-records.js'

/** Operations over a database, on a clock that stands still until it is moved. */
export interface AccountFixture {
  readonly operations: Operations
  readonly deps: Deps
  readonly storage: OpenStorage
  /** Lets time pass, seconds. */
  wait(seconds: number): void
  /** Registers somebody new. */
  register(changes?: Partial<NewCustomer>): Promise<Customer>
}

export const anybody: Caller = { kind: 'anonymous' }

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
let customersSoFar = 0

/** A registration that is accepted. */
export function newCustomer(changes: Partial<NewCustomer> = {}): NewCustomer {
  customersSoFar += 1
  const email = `person-${customersSoFar}@polytill.test`
  return { email, password: 'right password', firstName: 'Ada', referencePrefix: 'DE--', ...changes }
}

/** The customer as the caller. */
export function memberOf(customer: Pick<Customer, 'id'>): Caller {
  return { kind: 'member', customerId: customer.id }
}

export async function createAccountFixture(storage: OpenStorage): Promise<AccountFixture> {
  let now = Date.parse('2026-11-21T08:00:00.000Z')
  const { operations, deps } = await assemble({
    storage,
    gatewayRecords: createGatewayRecords(storage.sql),
    log: silent,
    baseUrl: () => 'http://127.0.0.1',
    clock: () => new Date(now).toISOString(),
  })
  return {
    operations,
    deps,
    storage,
    wait: seconds => {
      now += seconds * 1000
    },
    register: async changes => {
      const registered = await operations.registerCustomer(anybody, newCustomer(changes))
      if (!registered.ok) throw new Error(`not registered: ${registered.error.code}`)
      return registered.value
    },
  }
}
