import type { Deps } from './deps.js'

/** `XXX-XXX-XXX-XXX` of 32 letters and digits that nobody mistakes for each other: 60 random bits. */
export function drawnCode({ ids }: Pick<Deps, 'ids'>): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  const bytes = Buffer.from(ids.uuid().replaceAll('-', '') + ids.uuid().replaceAll('-', ''), 'hex')
  // The version and variant bits of a UUID are not random: those bytes are left out.
  const letters = [...bytes]
    .filter((_, at) => at % 16 !== 6 && at % 16 !== 8)
    .slice(0, 12)
    .map(byte => alphabet.charAt(byte % alphabet.length))
    .join('')
  return letters.replaceAll(/(...)(?=.)/g, '$1-')
}
