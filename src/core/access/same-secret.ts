/**
 * Whether two secrets are equal, in a time that tells nothing of where they differ. An empty secret equals nothing: it
 * stands for "none was given".
 */
export function isSameSecret(given: string | undefined, stored: string): boolean {
  if (given === undefined || given === '' || stored === '') return false
  let difference = given.length ^ stored.length
  for (let index = 0; index < stored.length; index += 1) {
    difference |= (given.charCodeAt(index % given.length) ^ stored.charCodeAt(index)) & 0xffff
  }
  return difference === 0
}
