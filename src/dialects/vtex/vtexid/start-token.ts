import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** How long a sign-in may take from its start, seconds. Source: the description of VTEX ID (24 hours). */
const startTokenSeconds = 86_400

const [randomLength, timeLength, proofLength] = [16, 4, 12]
const stampedLength = randomLength + timeLength

/**
 * The token of one sign-in, which all of its steps bring along: 64 hexadecimal digits that nobody guesses. It says itself
 * until when it does, and is signed, so that nothing is kept of sign-ins that go no further.
 */
export function writeStartToken(secret: string, now: Date = new Date()): string {
  const stamped = Buffer.alloc(stampedLength)
  randomBytes(randomLength).copy(stamped)
  stamped.writeUInt32BE(Math.floor(now.getTime() / 1_000) + startTokenSeconds, randomLength)
  return Buffer.concat([stamped, proofOf(stamped, secret)])
    .toString('hex')
    .toUpperCase()
}

/** Whether that token was made here, and is not over. */
export function isStartToken(token: string, secret: string, now: Date = new Date()): boolean {
  if (!/^[0-9A-F]{64}$/.test(token)) return false
  const bytes = Buffer.from(token, 'hex')
  const stamped = bytes.subarray(0, stampedLength)
  const isOurs = timingSafeEqual(bytes.subarray(stampedLength), proofOf(stamped, secret))
  return isOurs && stamped.readUInt32BE(randomLength) > now.getTime() / 1_000
}

function proofOf(stamped: Buffer, secret: string): Buffer {
  return createHmac('sha256', secret).update('start of a sign-in ').update(stamped).digest().subarray(0, proofLength)
}
