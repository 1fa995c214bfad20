/** Fields of a form whose names nest: `card[number]=4242&expand[0]=x`. */
export interface Form {
  readonly [name: string]: string | Form | undefined
}

/** Reads a form as Stripe's SDK writes it. */
export function readForm(sent: string): Form {
  const form: Record<string, unknown> = {}
  for (const [name, value] of new URLSearchParams(sent)) {
    const parts = name.replaceAll(']', '').split('[')
    const last = parts.pop() ?? ''
    let place = form
    for (const part of parts) {
      place[part] ??= {}
      place = place[part] as Record<string, unknown>
    }
    place[last] = value
  }
  return form as Form
}
