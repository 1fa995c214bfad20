import { SignJWT } from 'jose'

/** Of the demo store's app that signs customers in. */
export const loginSecret = 'demo-bigcommerce-client-secret'

/** A log-in token of the demo store's app for its first customer, as a backend signs one; good once, for 30 seconds. */
export function loginToken(
  more: Readonly<Record<string, unknown>> = {},
  secret = loginSecret,
  alg = 'HS256',
): Promise<string> {
  const claims = {
    iss: 'demo-bigcommerce-client',
    iat: Math.floor(Date.now() / 1000),
    jti: crypto.randomUUID(),
    operation: 'customer_login',
    store_hash: 'demo',
    customer_id: 1,
    ...more,
  }
  const key = new TextEncoder().encode(secret)
  return new SignJWT(claims).setProtectedHeader({ alg, typ: 'JWT' }).sign(key)
}
