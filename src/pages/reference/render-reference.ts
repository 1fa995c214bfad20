import { type Html, html, trusted } from '../html.js'
import type { Content, OpenApi, Operation, SecurityScheme } from './openapi.js'
import { referenceScript, referenceStyle } from './reference-style.js'
import { renderSchema } from './render-schema.js'

/** An API's name in addresses, with the title that people read. */
export interface ApiEntry {
  readonly name: string
  readonly title: string
}

/** The page of one API: every endpoint with its words, parameters, bodies and answers. Complete without script. */
export function renderReference(document: OpenApi, name: string, apis: readonly ApiEntry[]): string {
  const { info, components } = document
  const schemas = Object.entries(components.schemas)
  const body = html`<h1>${info.title}</h1>
<p class="quiet">${info.description} Version ${info.version}. <a href="/docs/openapi/${name}.json">The same as OpenAPI 3.1</a></p>
${renderSecurity(components.securitySchemes)}
<p id="finder" hidden><label>Find an endpoint <input type="search" id="find" autocomplete="off"></label> <span id="found" role="status" class="quiet"></span></p>
${document.tags.map(tag => renderTag(document, tag.name))}
${schemas.length === 0 ? undefined : html`<h2 id="schemas">What they have in common</h2>`}
${schemas.map(
  ([schemaName, schema]) => html`<details class="endpoint" id="schema-${schemaName}"><summary>${schemaName}</summary>
<div>${renderSchema(schema)}${renderExample(components.examples[schemaName]?.value)}</div></details>`,
)}`
  return renderFrame(info.title, name, apis, body)
}

/** The list of APIs. */
export function renderReferenceIndex(apis: readonly ApiEntry[]): string {
  const body = html`<h1>API reference</h1>
<p>One engine, six APIs. A cart begun in one of them is there in all others.</p>
<ul>${apis.map(api => html`<li><a href="/docs/${api.name}">${api.title}</a> <span class="quiet"><a href="/docs/openapi/${api.name}.json">OpenAPI 3.1</a></span></li>`)}</ul>`
  return renderFrame('API reference', '', apis, body)
}

function renderFrame(title: string, current: string, apis: readonly ApiEntry[], body: Html): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style>${trusted(referenceStyle)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<nav aria-label="APIs"><a href="/">Polytill</a> ${apis.map(
    api =>
      html`<a href="/docs/${api.name}"${api.name === current ? html` aria-current="page"` : undefined}>${api.title}</a> `,
  )}</nav>
<main id="content">
${body}
</main>
<script>${trusted(referenceScript)}</script>
</body>
</html>
`
  return page.html
}

function renderSecurity(schemes: OpenApi['components']['securitySchemes']): Html {
  const rows = Object.entries(schemes).map(([name, scheme]) => html`<dt>${name}</dt><dd>${securityWords(scheme)}</dd>`)
  return html`<h2 id="security">Who may call</h2>
<dl>${rows}</dl>`
}

function securityWords(scheme: SecurityScheme): Html {
  if (scheme.type === 'http') return html`header <code>Authorization: Bearer ...</code>`
  return html`${scheme.in} <code>${scheme.name}</code>`
}

function renderTag(document: OpenApi, tag: string): Html {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation.tags.includes(tag))
      .map(([method, operation]) => renderOperation(method, path, operation)),
  )
  return html`<section><h2 id="tag-${tag}">${tag} <span class="quiet">(${operations.length})</span></h2>${operations}</section>`
}

function renderOperation(method: string, path: string, operation: Operation): Html {
  const { parameters, requestBody, responses, security } = operation
  return html`<details class="endpoint" id="${operation.operationId}">
<summary><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code> <span class="quiet">${operation.summary}</span></summary>
<div>
${operation.description === undefined ? undefined : html`<p>${withCode(operation.description)}</p>`}
${operation['x-coverage'] === 'full' ? undefined : html`<p><strong>Covered in part.</strong></p>`}
${security === undefined ? undefined : html`<p class="quiet">Takes ${security.map(each => Object.keys(each).join(' with ')).join(', or ')}.</p>`}
${parameters.length === 0 ? undefined : renderParameters(operation)}
${requestBody === undefined ? undefined : html`<h3>Request</h3>${renderContent(requestBody.content)}`}
<h3>Answers</h3>
${Object.entries(responses).map(
  ([
    status,
    { description, content },
  ]) => html`<details class="answer"><summary>${status} <span class="quiet">${description}</span></summary>
${content === undefined ? html`<p class="quiet">No body.</p>` : renderContent(content)}</details>`,
)}
<p class="quiet">Source: ${operation['x-source']}</p>
</div>
</details>
`
}

/** Doc comments mark code with backticks. */
function withCode(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`
}

function renderParameters({ parameters }: Operation): Html {
  return html`<h3>Parameters</h3>
<dl>${parameters.map(each => html`<dt><code>${each.name}</code></dt><dd>in the ${each.in}${each.required === true ? '' : ', may be left out'}</dd>`)}</dl>`
}

/** Examples of what many endpoints share stand at the end of the page, once. */
function renderContent(content: Content): Html {
  return html`${Object.entries(content).map(
    ([type, media]) =>
      html`<p class="quiet"><code>${type}</code></p>${renderSchema(media.schema)}${renderExample(media.example)}`,
  )}`
}

function renderExample(value: unknown): Html | undefined {
  if (value === undefined) return undefined
  return html`<pre tabindex="0" role="region" aria-label="Example"><code>${JSON.stringify(value, undefined, 2)}</code></pre>`
}
