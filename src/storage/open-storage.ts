import type { BookStore } from './book-store.js'
import type { ImportStore } from './import-store.js'
import { type DatabaseOptions, openDatabase } from './open-database.js'
import { createAttemptStore } from './postgres/attempt-store.js'
import { createBookStore } from './postgres/book-store.js'
import { createCartStore } from './postgres/cart-store.js'
import { createCatalogStore } from './postgres/catalog-store.js'
import { createChannelSettingsStore } from './postgres/channel-settings-store.js'
import { createCouponStore } from './postgres/coupon-store.js'
import { createCredentialStore } from './postgres/credential-store.js'
import { createCustomerStore } from './postgres/customer-store.js'
import type { Database } from './postgres/database.js'
import { createGatewayRecords, type GatewayRecords } from './postgres/gateway-records.js'
import { createGiftCardStore } from './postgres/gift-card-store.js'
import { createImportStore } from './postgres/import-store.js'
import { type MigrationReport, migrate } from './postgres/migrate.js'
import { createOrderStore } from './postgres/order-store.js'
import { createOutboxStore } from './postgres/outbox-store.js'
import { createPaymentStore } from './postgres/payment-store.js'
import { createPurchaseStore } from './postgres/purchase-store.js'
import { createIdempotencyStore, createSettingStore } from './postgres/request-stores.js'
import { createSignOutStore } from './postgres/sign-out-store.js'
import { createStoreCreditStore } from './postgres/store-credit-store.js'
import { createStoredCardStore } from './postgres/stored-card-store.js'
import type { Storage } from './storage.js'

/** Storage with what only `main`, the command line and the bench need. */
export interface OpenStorage extends Storage {
  readonly imports: ImportStore
  /** Reads all tables against each other, for `doctor --books`. */
  readonly books: BookStore
  /** The test gateway's own memory. */
  readonly gatewayRecords: GatewayRecords
  /** Plain SQL, for `doctor` and the bench. */
  readonly sql: Database
  /** Which database this is, for people; without its password. */
  readonly description: string
  /** Brings a server's database up to date; an embedded one is up to date already. */
  migrate(): Promise<MigrationReport>
}

/**
 * Opens the database and the stores over it.
 *
 * @throws as `openDatabase`
 */
export async function openStorage(options: DatabaseOptions): Promise<OpenStorage> {
  return createStorage(await openDatabase(options))
}

/** The stores over a database that is open. */
export function createStorage(database: Database): OpenStorage {
  return {
    carts: createCartStore(database),
    catalog: createCatalogStore(database),
    orders: createOrderStore(database),
    purchases: createPurchaseStore(database),
    payments: createPaymentStore(database),
    coupons: createCouponStore(database),
    giftCards: createGiftCardStore(database),
    storeCredit: createStoreCreditStore(database),
    customers: createCustomerStore(database),
    storedCards: createStoredCardStore(database),
    credentials: createCredentialStore(database),
    signOuts: createSignOutStore(database),
    attempts: createAttemptStore(database),
    idempotency: createIdempotencyStore(database),
    outbox: createOutboxStore(database),
    settings: createSettingStore(database),
    channelSettings: createChannelSettingsStore(database),
    imports: createImportStore(database),
    books: createBookStore(database),
    gatewayRecords: createGatewayRecords(database),
    sql: database,
    description: database.description,
    migrate: () => migrate(database),
    ping: async () => void (await database.query('select 1')),
    close: () => database.close(),
  }
}
