/** Whether a text can be an e-mail address: one `@`, a name before it, a host with a dot behind it. */
export function isEmail(text: string): boolean {
  return text.length <= 254 && /^[^\s@"(),:;<>[\]\\]+@[^\s@"(),:;<>[\]\\]+\.[^\s@"(),:;<>[\]\\.]{2,}$/.test(text)
}
