import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether the request carries the admin key as a Bearer token; takes the same time for every wrong one. */
export function holdsAdminKey(authorization: string | undefined, adminKey: string): boolean {
  const [, token = ''] = /^Bearer +(\S+) *$/i.exec(authorization ?? '') ?? []
  const isEqual = timingSafeEqual(digest(token), digest(adminKey))
  return isEqual && adminKey !== ''
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
