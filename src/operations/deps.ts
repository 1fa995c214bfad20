import type { Instant } from '../core/ids.js'
import type { PaymentProvider } from '../payments/provider.js'
import type { Storage } from '../storage/storage.js'
import type { TaxServiceOf } from '../taxes/tax-service.js'
import type { SignOuts } from './facts/cached-sign-outs.js'
import type { FactsSource } from './facts/facts-source.js'

/** What operations need from outside; `main.ts` hands in the real ones, tests may hand in a clock. */
export interface Deps {
  readonly storage: Storage
  readonly facts: FactsSource
  readonly providers: ReadonlyMap<string, PaymentProvider>
  /** Outside providers of taxes; most channels have none. */
  readonly taxes: TaxServiceOf
  readonly clock: () => Instant
  readonly ids: IdSource
  readonly passwords: PasswordHasher
  readonly limiter: AttemptLimiter
  readonly signOuts: SignOuts
  readonly log: Log
  /** Queues changes of one cart inside this process. */
  readonly queue: CartQueue
  /** Origin under which hosted pages are reached, no slash at the end. */
  readonly baseUrl: string
}

export interface IdSource {
  /** Random, lower case. */
  uuid(): string
  /** 32 characters of an alphabet that is safe in addresses; at least 160 bits. */
  secret(): string
  /** Random decimal digits, e.g. for a cart number. */
  digits(count: number): string
  /** Random, 1 to 2^31 - 1. */
  integer(): number
}

export interface PasswordHasher {
  hash(password: string): Promise<string>
  /** Takes the same time for an absent hash. */
  verify(hash: string | undefined, password: string): Promise<boolean>
}

/**
 * Guards guessing: log-in, coupon codes, gift cards, payments. Counts failures only, so that a crowd behind one address is free,
 * and in the database, so that processes and restarts are no way around it.
 */
export interface AttemptLimiter {
  /**
   * Seconds to wait, where one of these failed too often; else undefined. Asks the database only where this process has seen
   * that many: failures that others counted come in with the next one here, so each process may let one more pass.
   */
  tooMany(attempts: readonly Attempt[]): Promise<number | undefined>
  /**
   * Runs `attempt` as `tooMany` allows, and counts one more failure of each where it says `isFailure`. Attempts that are under way
   * here count as failures until they are over: of many at the same moment, each process lets no more through than may fail.
   *
   * @returns what `attempt` answers, or seconds to wait
   */
  watch<T>(
    attempts: readonly Attempt[],
    attempt: () => Promise<{ readonly answer: T; readonly isFailure: boolean }>,
  ): Promise<{ readonly answer: T } | { readonly retryAfterSeconds: number }>
  /**
   * Counts one more failure of each, unless they failed too often already. Before what is to be tried, it holds for tries at the same
   * moment too: no more get through than may fail.
   *
   * @returns seconds to wait, where one of them has failed more often than it may
   */
  count(attempts: readonly Attempt[]): Promise<number | undefined>
  /** Takes off one failure of each that was counted beforehand and was none. */
  takeBack(attempts: readonly Attempt[]): Promise<void>
  /** Somebody got it right: all failures of this one are forgotten. */
  forget(attempt: Attempt): Promise<void>
}

/** Something that can be guessed at, by what guesses are counted together. At most one of a kind in a list. */
export interface Attempt {
  readonly kind: AttemptKind
  readonly key: string
}

/**
 * `sign_in`, `sign_in_request`: by account; `code`: coupons and gift cards, by cart; `payment`: declined ones, by cart; `..._client`: any of
 * them by client address, which a crowd may share.
 */
export type AttemptKind =
  | 'sign_in'
  | 'sign_in_client'
  | 'sign_in_request'
  | 'sign_in_request_client'
  | 'code'
  | 'code_client'
  | 'payment'
  | 'payment_client'

export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void
  warn(fields: Readonly<Record<string, unknown>>, message: string): void
  error(fields: Readonly<Record<string, unknown>>, message: string): void
}

/** Runs tasks of one key one after another, tasks of different keys side by side. */
export interface CartQueue {
  run<T>(key: string, task: () => Promise<T>): Promise<T>
}
