/** Text between tags or in a quoted attribute. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:24rem;margin:4rem auto;padding:0 1rem;color:#1b1b1b}
label{display:block;margin-top:1rem}input{width:100%;box-sizing:border-box;padding:.5rem;font:inherit}
button{margin-top:1.5rem;padding:.6rem 1.2rem;font:inherit}[role=alert]{color:#8a1111}`

function page(title: string, content: string): string {
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>`,
    `<meta name="viewport" content="width=device-width"><style>${style}</style></head>`,
    `<body><main><h1>${escaped(title)}</h1>${content}</main></body></html>`,
  ].join('\n')
}

/** The form that asks a member for e-mail address and password. */
export function renderLogInPage(input: { readonly action: string; readonly isWrong: boolean }): string {
  const alert = input.isWrong ? '<p role="alert">The e-mail address or the password is wrong.</p>' : ''
  return page(
    'Log in',
    [
      `${alert}<form method="post" action="${escaped(input.action)}">`,
      '<label for="email">E-mail address</label>',
      '<input id="email" name="email" type="email" autocomplete="username" required>',
      '<label for="password">Password</label>',
      '<input id="password" name="password" type="password" autocomplete="current-password" required>',
      '<button type="submit">Log in</button></form>',
    ].join('\n'),
  )
}

/** A sentence for people who cannot be sent anywhere. */
export function renderNotice(sentence: string): string {
  return page('This did not work', `<p role="alert">${escaped(sentence)}</p>`)
}

/**
 * A page without anything to see, which hands `message` to the window around it.
 *
 * @param input.target  origin that may read it
 */
export function renderMessagePage(input: {
  readonly message: Readonly<Record<string, string>>
  readonly target: string
  readonly nonce: string
}): string {
  // No text can end the script: the only way there is a less-than sign.
  const literal = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c')
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Log in</title></head><body>',
    `<script nonce="${escaped(input.nonce)}">(window.opener||window.parent).postMessage(${literal(input.message)},${literal(input.target)})</script>`,
    '</body></html>',
  ].join('\n')
}
