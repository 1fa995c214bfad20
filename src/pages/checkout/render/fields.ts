import { type Html, html } from '../../html.js'

/** What is wrong with what was typed, at one field. */
export interface FieldError {
  /** `name` of the field, which is its id too. */
  readonly field: string
  readonly message: string
}

/** What a form holds as it is drawn: what was typed last, else what is stored. */
export interface FormState {
  readonly values: Readonly<Record<string, string>>
  readonly errors: readonly FieldError[]
}

interface Field {
  readonly name: string
  readonly label: string
  readonly autocomplete?: string
  readonly hint?: string
  /** Says so behind the label. */
  readonly optional?: string
  readonly type?: 'text' | 'email' | 'tel' | 'password'
  readonly inputmode?: 'numeric' | 'email' | 'tel'
  readonly width?: 'half' | 'third' | 'rest'
  readonly maximum?: number
}

/** A labeled input with its hint and its fault, which assistive technology reads along with it. */
export function textField(field: Field, state: FormState): Html {
  const { name, label, autocomplete, inputmode, type = 'text', width, optional } = field
  const error = errorOf(name, state)
  const value = type === 'password' ? '' : (state.values[name] ?? '')
  return html`<div class="field ${width}">
<label for="${name}">${label}${mark(optional)}</label>
<input id="${name}" name="${name}" type="${type}" value="${value}" maxlength="${field.maximum ?? 255}"${attribute('autocomplete', autocomplete)}${attribute('inputmode', inputmode)}${describedBy(field, error)}${required(optional)}>
${under(field, error)}</div>
`
}

/** One of a list, in a list that opens. */
export function selectField(
  field: Field & { readonly choices: readonly (readonly [string, string])[]; readonly empty?: string },
  state: FormState,
): Html {
  const { name, label, autocomplete, width, optional, choices, empty } = field
  const error = errorOf(name, state)
  const value = state.values[name] ?? ''
  const options = choices.map(
    ([code, text]) => html`<option value="${code}"${code === value ? html` selected` : undefined}>${text}</option>`,
  )
  return html`<div class="field ${width}">
<label for="${name}">${label}${mark(optional)}</label>
<select id="${name}" name="${name}"${attribute('autocomplete', autocomplete)}${describedBy(field, error)}${required(optional)}>
${empty === undefined ? undefined : html`<option value="">${empty}</option>`}${options}</select>
${under(field, error)}</div>
`
}

/** A box to tick. */
export function checkbox(name: string, label: string, state: FormState, attributes?: Html): Html {
  const isChecked = state.values[name] === '1'
  return html`<label class="check"><input type="checkbox" id="${name}" name="${name}" value="1"${isChecked ? html` checked` : undefined}${attributes}><span>${label}</span></label>
`
}

/** The fault of a field; undefined where it has none. */
export function errorOf(name: string, { errors }: FormState): FieldError | undefined {
  return errors.find(each => each.field === name)
}

/** Below a group of choices or a field: what is wrong with it. */
export function faultLine(error: FieldError | undefined): Html | undefined {
  return error === undefined ? undefined : html`<span class="wrong" id="${error.field}-error">${error.message}</span>`
}

/** Of a group of choices: its fault is read out with it. */
export function toldBy(error: FieldError | undefined): Html | undefined {
  return error === undefined ? undefined : html` aria-describedby="${error.field}-error"`
}

function mark(optional: string | undefined): Html | undefined {
  return optional === undefined ? undefined : html` <span class="quiet">(${optional})</span>`
}

function required(optional: string | undefined): Html | undefined {
  return optional === undefined ? html` aria-required="true"` : undefined
}

function under({ name, hint }: Field, error: FieldError | undefined): Html {
  return html`${faultLine(error)}${hint === undefined ? undefined : html`<span class="hint" id="${name}-hint">${hint}</span>`}`
}

function describedBy({ name, hint }: Field, error: FieldError | undefined): Html | undefined {
  const ids = [...(error === undefined ? [] : [`${name}-error`]), ...(hint === undefined ? [] : [`${name}-hint`])]
  if (ids.length === 0) return undefined
  return html` aria-describedby="${ids.join(' ')}"${error === undefined ? undefined : html` aria-invalid="true"`}`
}

function attribute(name: string, value: string | undefined): Html | undefined {
  return value === undefined ? undefined : { html: ` ${name}="${html`${value}`.html}"` }
}
