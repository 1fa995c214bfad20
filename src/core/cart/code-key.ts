/** The form in which codes are compared: people type them in any case and with spaces around. Maps of codes are keyed by it. */
export function codeKey(code: string): string {
  return code.trim().toLowerCase()
}
