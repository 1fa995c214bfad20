/** How a card's number looks, for forms that check it while it is typed. */
export interface CardValidator {
  readonly regex: string | null
  readonly mask: string | null
  readonly cardCodeRegex: string | null
  readonly cardCodeMask: string | null
  readonly weights: readonly number[] | null
  readonly useCvv: boolean
  readonly useExpirationDate: boolean
  readonly useCardHolderName: boolean
  readonly useBillingAddress: boolean
}

const none: CardValidator = {
  regex: null,
  mask: null,
  cardCodeRegex: null,
  cardCodeMask: null,
  weights: null,
  useCvv: false,
  useExpirationDate: false,
  useCardHolderName: false,
  useBillingAddress: false,
}

const sixteenDigits: CardValidator = {
  regex: '^[0-9]{16}$',
  mask: '9999 9999 9999 9999',
  cardCodeRegex: '^[0-9]{3}$',
  cardCodeMask: '999',
  weights: [2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1],
  useCvv: true,
  useExpirationDate: true,
  useCardHolderName: true,
  useBillingAddress: true,
}

/** By the brand's name; any other card has sixteen digits. */
const brands: Readonly<Record<string, CardValidator>> = {
  visa: { ...sixteenDigits, regex: '^4[0-9]{15}$' },
  mastercard: { ...sixteenDigits, regex: '^(5[1-5]|2[2-7])[0-9]{14}$' },
  'american express': {
    ...sixteenDigits,
    regex: '^3[47][0-9]{13}$',
    mask: '9999 999999 99999',
    cardCodeRegex: '^[0-9]{4}$',
    cardCodeMask: '9999',
    weights: [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1],
  },
}

/** The form of a system's card numbers; nulls for what is no card. */
export function cardValidatorOf(groupName: string, name: string): CardValidator {
  return /(credit|debit)Card/.test(groupName) ? (brands[name.toLowerCase()] ?? sixteenDigits) : none
}
