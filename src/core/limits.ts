/**
 * Everything has a limit. Each is stated once, with its source; "ours" is a choice of this project.
 * Operations refuse what goes beyond; `http` enforces the sizes.
 */
export const limits = {
  /** Lines in one cart. Ours: the largest of the platforms is 600 (BigCommerce, customers). */
  linesPerCart: 1_000,
  /** Pieces in one line. Ours: above what any platform accepts per line. */
  quantityPerLine: 99_999,
  /** Pieces of one line whose shares are listed in the order in which fractions were carried; beyond, larger shares first. Ours. */
  piecesInOrder: 1_000,
  /** Lines in one add request (Wix: 100; ours is the largest that one body may hold). */
  linesPerRequest: 500,
  /** Coupon codes on one cart, whatever the channel's policy says. Ours. */
  couponsPerCart: 20,
  giftCardsPerCart: 20,
  /** Gift cards that one order buys: each is a row and a code of its own. Ours. */
  giftCardsPerOrder: 1_000,
  consignmentsPerCart: 100,
  paymentsPerCart: 20,
  optionsPerLine: 50,
  codeLength: 128,
  /**
   * How long a signed word for somebody who signed in may be good, seconds, longer than any is (VTEX: a day; a link to the hosted
   * page and what is opened by it, 26 hours): so long it is remembered who was signed out.
   */
  signInSeconds: 172_800,
  /** How long a request for an e-mail that signs in is good, seconds (BigCommerce: 900). */
  signInRequestSeconds: 900,
  /** Digits of a code that signs in, sent by e-mail (VTEX: 6). */
  signInCodeDigits: 6,
  /** Codes that may be tried for one that was sent; then it is dead. Ours: guessing one in 200,000. */
  signInCodeTries: 5,
  /** Events that are read or acknowledged at once. Ours. */
  eventsPerRequest: 1_000,
  /** Addresses in one customer's book. Ours. */
  addressesPerCustomer: 200,
  /** Stored cards of one customer in one channel. Ours. */
  storedCardsPerCustomer: 50,
  /** Characters of a password: hashing takes longer with each. Ours, above what any platform allows (128). */
  passwordLength: 512,
  /** Free texts: notes, custom data values. Ours. */
  textLength: 10_000,
  /** Names, address parts (Spryker: 255). */
  nameLength: 255,
  /** Largest JSON text of everything opaque that one cart carries. Ours. */
  extrasBytes: 65_536,
  /** Largest JSON text of what is filled in beside a cart's goods: addresses, notes, payments. Ours: what one body holds. */
  filledInBytes: 1_048_576,
  /** Request body. Ours: 500 lines with options fit many times. */
  bodyBytes: 1_048_576,
  /** How often `changeCart` decides again after a lost race before it answers a conflict. Ours. */
  changeAttempts: 20,
  /** Longest wait for a payment gateway's answer, milliseconds. Ours. */
  gatewayWaitMilliseconds: 10_000,
  /** Longest wait for an outside provider of taxes in one change, milliseconds (VTEX: 5 seconds, no retry). */
  taxWaitMilliseconds: 5_000,
  /** How long a question that failed is not asked again, milliseconds, so that a provider that is away stops nobody twice. Ours. */
  taxRetryMilliseconds: 5_000,
  /** Largest answer of a provider of taxes. Ours: 500 lines with several taxes each fit. */
  taxAnswerBytes: 524_288,
  /** Taxes that one answer may name. Ours. */
  quotedTaxes: 5_000,
  /** One order may be worth at most this many minor units (2^53 - 1: a JSON number everywhere). */
  orderMinor: 9_007_199_254_740_991n,
} as const
