import { type Html, html } from '../../html.js'
import type { PageCall } from '../page-call.js'
import type { FormState } from './fields.js'

/**
 * The beginning of the form of a step. Its first button is what the Enter key presses: go on, and nothing else.
 */
export function formStart(call: PageCall, step: string, { values }: FormState, attributes?: Html): Html {
  const to = values.to === 'review' ? html`<input type="hidden" name="to" value="review">` : undefined
  return html`<form method="post" action="${call.path(step)}" id="step" novalidate${attributes}>
<input type="hidden" name="csrf" value="${call.csrf}">${to}
<button class="hidden" name="do" value="go" tabindex="-1" aria-hidden="true"></button>`
}

/** Its end, with the button that goes on and a way back. */
export function formEnd(label: string, back?: { readonly url: string; readonly label: string }): Html {
  const link = back === undefined ? html`<span></span>` : html`<a href="${back.url}">${back.label}</a>`
  return html`<div class="actions">${link}<button class="go" name="do" value="go">${label}</button></div>
</form>`
}
