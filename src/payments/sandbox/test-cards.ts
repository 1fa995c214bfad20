/** What the test gateway does with an attempt. `docs/payments.md` has the table for people. */
export type SandboxMode =
  | 'approve'
  | 'decline'
  | 'insufficient_funds'
  | 'card_expired'
  /** The shopper decides on the gateway's page; the notification is sent while they return. */
  | 'redirect'
  | 'redirect_notify_first'
  | 'redirect_notify_late'
  | 'redirect_notify_twice'
  /** Charged at once, answered only after a delay that is longer than anybody waits; then notified. */
  | 'late'
  /** Approved, and notified twice at the same moment. */
  | 'twice'
  /** Charged, but the answer gets lost; asking later tells. */
  | 'answer_lost'
  /** The request itself gets lost: never answered, never charged. */
  | 'never'
  /** Neither the request nor a question about it is ever answered. */
  | 'outage'
  /** Answered as pending; approved and notified after a delay. */
  | 'pending'
  /** Charged and answered with 100 minor units more, in another currency, or for another order: must never count. */
  | 'wrong_amount'
  | 'wrong_currency'
  | 'wrong_order'
  /** Approved, but capturing is declined. */
  | 'capture_declined'
  | 'refund_declined'

const modes: Readonly<Record<SandboxMode, true>> = {
  approve: true,
  decline: true,
  insufficient_funds: true,
  card_expired: true,
  redirect: true,
  redirect_notify_first: true,
  redirect_notify_late: true,
  redirect_notify_twice: true,
  late: true,
  twice: true,
  answer_lost: true,
  never: true,
  outage: true,
  pending: true,
  wrong_amount: true,
  wrong_currency: true,
  wrong_order: true,
  capture_declined: true,
  refund_declined: true,
}

/** Whether `text` names a mode. */
export function isSandboxMode(text: string): text is SandboxMode {
  return Object.hasOwn(modes, text)
}

/** Every mode, for tests and documents. */
export const sandboxModes = Object.keys(modes).filter(isSandboxMode)

/**
 * Card numbers by what they do; all pass the Luhn check and none was ever issued. The approving ones are the test
 * numbers that card brands and the platforms' own sample data publish.
 */
export const testCards: ReadonlyMap<string, SandboxMode> = new Map([
  ['4111111111111111', 'approve'],
  ['4012888888881881', 'approve'],
  ['4222222222222', 'approve'],
  ['4242424242424242', 'approve'],
  ['4444333322221111', 'approve'],
  ['5500000000000004', 'approve'],
  ['5555555555554444', 'approve'],
  ['5454545454545454', 'approve'],
  ['5105105105105100', 'approve'],
  ['378282246310005', 'approve'],
  ['371449635398431', 'approve'],
  ['6011000000000004', 'approve'],
  ['6011111111111117', 'approve'],
  ['3530111333300000', 'approve'],
  ['30569309025904', 'approve'],
  ['4000000000000002', 'decline'],
  ['4000000000009995', 'insufficient_funds'],
  ['4000000000000069', 'card_expired'],
  ['4000000000003220', 'redirect'],
  ['4000000000001109', 'late'],
  ['4000000000001208', 'twice'],
  ['4000000000001307', 'answer_lost'],
  ['4000000000001406', 'never'],
  ['4000000000001505', 'wrong_amount'],
  ['4000000000001604', 'wrong_currency'],
  ['4000000000001703', 'wrong_order'],
  ['4000000000001802', 'pending'],
  ['4000000000001901', 'capture_declined'],
  ['4000000000002008', 'outage'],
  ['4000000000002107', 'refund_declined'],
])

/** A number that is no card's, and that is kept as one that approves: a platform's sample data is paid with it. */
export const sampleNumber = '1'

/** The check digit rule that every card number follows (ISO/IEC 7812-1, annex B). */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index])
    const weighed = index % 2 === 0 ? digit : digit * 2
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return sum % 10 === 0
}
