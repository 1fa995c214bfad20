/**
 * JSON that also carries bigints: `123n` is written as the text `"#123"`, and a text that begins with `#` gets one more,
 * so no text that people typed can be read as an amount. Members that are undefined are left out, as in JSON.
 */
export function writeTagged(value: object): string {
  return JSON.stringify(value, tag)
}

function tag(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `#${value}`
  if (typeof value === 'string' && value.charCodeAt(0) === hash) return `#${value}`
  return value
}

const hash = 35

/**
 * Turns what `JSON.parse` made of such a text back into the value, in place: hand in nothing that others hold.
 * The caller names the type that it wrote.
 */
export function readTagged<T>(parsed: unknown): T {
  return untag(parsed) as T
}

function untag(value: unknown): unknown {
  if (typeof value === 'string') return value.charCodeAt(0) === hash ? untagText(value) : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) value[index] = untag(value[index])
    return value
  }
  const members = value as Record<string, unknown>
  for (const key of Object.keys(members)) {
    const member = members[key]
    if (typeof member === 'object' ? member !== null : typeof member === 'string') members[key] = untag(member)
  }
  return members
}

function untagText(text: string): string | bigint {
  return text.charCodeAt(1) === hash ? text.slice(1) : BigInt(text.slice(1))
}
