/** What stands in a log line where a secret or a personal datum was. */
export const redacted = '[redacted]'

/** Members whose value is never logged, by name, in lower case without `-` and `_`. */
const secretNames = new Set(
  `authorization cookie setcookie password confirmpassword newpassword token accesstoken refreshtoken ordertoken
  xspreetoken xspreeordertoken xauthtoken xvtexapiappkey xvtexapiapptoken apikey apptoken secret clientsecret adminkey
  polytilladminkey jwt signature credentials passwordhash secrethash instrument instruments cardnumber number pan cvv cvc
  csc verificationvalue securitycode expiry iban accountnumber email emailaddress mail phone phonenumber document
  firstname lastname fullname name1 company address address1 address2 address3 addressline addressline1 addressline2
  street city zip zipcode postalcode postcode billingaddress shippingaddress buyer customer body payload xanonymouscustomeruniqueid
  giftcardcode`.split(/\s+/),
)

const emailPattern = /[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+/g
const bearerPattern = /\b(Bearer|Basic|Token)\s+[A-Za-z0-9._~+/=-]{6,}/gi
const jwtPattern = /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g
const parameterPattern = /\b([\w-]*(?:token|secret|password|api_?key|signature|email|code)[\w-]*)=([^&\s"']+)/gi
const urlCredentialPattern = /(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s:@]+:[^/\s@]+@/gi
/** 13 to 19 digits, single spaces or dashes between them. */
const digitsPattern = /(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])/g
const deepest = 6
const longestText = 8_000

/** A text without card numbers, e-mail addresses, tokens and passwords. */
export function scrubText(text: string): string {
  return text
    .slice(0, longestText)
    .replace(urlCredentialPattern, `$1${redacted}@`)
    .replace(parameterPattern, `$1=${redacted}`)
    .replace(bearerPattern, `$1 ${redacted}`)
    .replace(jwtPattern, redacted)
    .replace(emailPattern, redacted)
    .replace(digitsPattern, digits => (passesLuhn(digits) ? redacted : digits))
}

/**
 * A copy of `value` that may be logged: members with a secret or personal name are blanked, texts are scrubbed,
 * errors become plain objects, amounts become texts.
 */
export function scrub(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return scrubText(value)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? '[function]' : value
  if (depth >= deepest) return '[deeper]'
  if (value instanceof Error) return scrubError(value, depth)
  if (value instanceof Date) return value.toISOString()
  if (ArrayBuffer.isView(value)) return '[bytes]'
  if (Array.isArray(value)) return value.slice(0, 100).map(each => scrub(each, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, isSecretName(name) ? redacted : scrub(member, depth + 1)]),
  )
}

function isSecretName(name: string): boolean {
  return secretNames.has(name.toLowerCase().replaceAll(/[-_]/g, ''))
}

/** Type, message, stack, code and cause; other members may hold whole rows (PostgreSQL's `detail`) and are left out. */
function scrubError(error: Error, depth: number): unknown {
  const code: unknown = 'code' in error ? error.code : undefined
  return {
    type: error.name,
    message: scrubText(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: scrubText(error.stack) }),
    ...(error.cause === undefined ? {} : { cause: scrub(error.cause, depth + 1) }),
  }
}

/** Luhn's check, which every card number passes and nine in ten other numbers fail. */
function passesLuhn(text: string): boolean {
  const digits = [...text].filter(each => each >= '0' && each <= '9').map(Number)
  const sum = digits.reverse().reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}
