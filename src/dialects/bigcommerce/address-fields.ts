/** A custom field's value on the wire. */
export type FieldValue = string | number | readonly string[]

/** Marks a value that is kept as JSON: core keeps texts only. */
const jsonMark = 'json:'

/** How a custom field is kept: texts as they are, anything else as marked JSON. */
export function writeFieldValue(value: FieldValue): string {
  if (typeof value === 'string' && !value.startsWith(jsonMark)) return value
  return jsonMark + JSON.stringify(value)
}

/** The custom field's value again. */
export function readFieldValue(text: string): FieldValue {
  if (!text.startsWith(jsonMark)) return text
  try {
    const value: unknown = JSON.parse(text.slice(jsonMark.length))
    if (typeof value === 'string' || typeof value === 'number') return value
    return Array.isArray(value) ? value.map(String) : text
  } catch {
    // Another dialect's text that merely begins like ours.
    return text
  }
}
