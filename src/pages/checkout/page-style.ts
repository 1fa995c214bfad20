/**
 * Style of the hosted pages: from 320 px up, by day and by night, in either direction of writing. The accent is the
 * channel's (`--accent`, `--accent-ink`), set by the page itself; `brand.ts` knows the grounds that it stands on.
 */
export const pageStyle = `
:root{color-scheme:light dark;--ground:#f6f6f3;--card:#fff;--ink:#1d2126;--quiet:#59606b;--line:#dfe0db;--edge:#80868f;--accent:#14604a;--accent-ink:#fff;--bad:#a4231c;--bad-ground:#fdf1ef;--note:#fbf4df;--note-ink:#5a4300;--round:.75rem}
@media (prefers-color-scheme:dark){:root{--ground:#121419;--card:#1b1f26;--ink:#eceef1;--quiet:#a8b0bc;--line:#343a44;--edge:#858e9c;--accent:#67d0aa;--accent-ink:#10141a;--bad:#ff9d92;--bad-ground:#35201f;--note:#342c16;--note-ink:#f5dc9a}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
a{color:var(--accent);text-underline-offset:.18em}
h1,h2,h3,legend{line-height:1.25;text-wrap:balance}
h1{font-size:clamp(1.5rem,1.25rem + 1.2vw,2rem);letter-spacing:-.015em;margin:0 0 1.5rem}
h1:focus{outline:none}
h2{font-size:1.1875rem;margin:0 0 1rem}
h3{font-size:1rem;margin:0}
p{margin:0 0 1rem}
ul,ol,dl,dd{margin:0;padding:0}
ul,ol{list-style:none}
img{display:block;max-width:100%}
fieldset{border:0;margin:0;padding:0;min-inline-size:0}
legend{padding:0;font-size:1.1875rem;font-weight:650;margin-block-end:1rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.25rem}
.quiet{color:var(--quiet)}
.small{font-size:.875rem}
.number{font-variant-numeric:tabular-nums;white-space:nowrap}
.hidden,input.hidden[type]{position:absolute;inline-size:1px;block-size:1px;min-block-size:0;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;border:0;padding:0}
.skip:focus{position:fixed;inset-block-start:.5rem;inset-inline-start:.5rem;inline-size:auto;block-size:auto;margin:0;clip-path:none;padding:.5rem 1rem;background:var(--card);z-index:2}
.top,.foot,.body{inline-size:100%;max-inline-size:70rem;margin-inline:auto;padding-inline:clamp(1rem,4vw,2.5rem)}
.top{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.5rem 2rem;padding-block:1.25rem}
.shop{font-size:1.1875rem;font-weight:700;letter-spacing:-.01em;color:inherit;text-decoration:none;display:flex;align-items:center;min-block-size:2.5rem}
.shop img{max-block-size:2.75rem;max-inline-size:14rem}
.steps{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.875rem;counter-reset:step}
.steps li{counter-increment:step;color:var(--quiet);display:flex;align-items:center;min-block-size:1.75rem}
.steps li::before{content:counter(step);display:inline-grid;place-items:center;inline-size:1.5rem;block-size:1.5rem;border:1px solid var(--edge);border-radius:50%;margin-inline-end:.5rem;font-size:.75rem;font-weight:600}
.steps a{color:inherit}
.steps .now{color:var(--ink);font-weight:650}
.steps .now::before{background:var(--accent);border-color:var(--accent);color:var(--accent-ink)}
.steps .done::before{content:"\\2713";border-color:var(--accent);color:var(--accent)}
.body{display:grid;gap:1.5rem;padding-block:.5rem 3rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:var(--round);padding:clamp(1.125rem,3.5vw,2rem)}
.card+.card{margin-block-start:1rem}
.card>p:last-child,.card>section:last-child>p:last-child{margin-block-end:0}
.card .check:last-child{margin-block-end:-.5rem}
.after{margin-block-start:1.5rem}
main{min-inline-size:0}
@media (min-width:60rem){.body{grid-template-columns:minmax(0,1fr) 23rem;align-items:start;gap:2rem}.aside{position:sticky;inset-block-start:1.5rem;max-block-size:calc(100vh - 3rem);overflow-y:auto}.fold{display:none}}
@media (max-width:59.99rem){.aside{display:none}.fold{order:-1}.steps li:not(.now){font-size:0}.steps li:not(.now)::before{margin-inline-end:0}.steps{gap:.25rem .625rem}.steps li:not(.now) a{display:inline-block;inline-size:1.75rem;block-size:1.75rem;margin-inline-start:-1.625rem}}
.narrow{grid-template-columns:minmax(0,38rem);justify-content:center}
.fold>summary{display:flex;justify-content:space-between;align-items:center;gap:.5rem;min-block-size:2.75rem;cursor:pointer;font-weight:600;list-style:none}
.fold>summary::-webkit-details-marker{display:none}
.fold>summary span:first-child::after{content:"";display:inline-block;inline-size:.5em;block-size:.5em;border:solid currentColor;border-width:0 2px 2px 0;transform:rotate(45deg);margin-inline-start:.4em;vertical-align:.2em}
.fold[open]>summary span:first-child::after{transform:rotate(225deg);vertical-align:-.05em}
.fold.card{padding-block:.5rem}
.fold[open]>summary{margin-block-end:.75rem}
.lines{display:grid;gap:1rem}
.lines li{display:grid;grid-template-columns:3.5rem minmax(0,1fr) auto;gap:.125rem .875rem;align-items:start}
.lines .thumb{grid-row:span 2;inline-size:3.5rem;block-size:3.5rem;border-radius:.5rem;border:1px solid var(--line);background:#fff;object-fit:contain}
.lines .name{font-weight:550}
.lines .more{grid-column:2/-1}
.sums{margin-block-start:1.25rem;padding-block-start:1rem;border-block-start:1px solid var(--line);display:grid;gap:.5rem}
.sums div{display:flex;justify-content:space-between;gap:1rem;align-items:baseline}
.sums dt{overflow-wrap:normal;flex:none;max-inline-size:70%}
.sums dd{text-align:end}
.sums .total{font-size:1.1875rem;font-weight:700;padding-block-start:.625rem;border-block-start:1px solid var(--line)}
.fields{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));gap:1.125rem 1rem}
.fields>*{grid-column:1/-1}
@media (min-width:30rem){.fields .half{grid-column:span 3}.fields .third{grid-column:span 2}.fields .rest{grid-column:span 4}}
.field{display:grid;gap:.3rem;align-content:start}
label,.label{font-weight:550;font-size:.9375rem}
.hint{font-size:.875rem;color:var(--quiet)}
.wrong{font-size:.875rem;color:var(--bad);font-weight:550}
input:not([type=radio],[type=checkbox]),select,textarea{font:inherit;color:inherit;background:var(--card);inline-size:100%;min-block-size:3rem;padding:.625rem .875rem;border:1px solid var(--edge);border-radius:.5rem}
select{padding-inline-end:.5rem}
textarea{min-block-size:6rem;resize:vertical}
input:focus-visible,select:focus-visible,textarea:focus-visible{outline-offset:0;border-radius:.5rem}
[aria-invalid=true]:not([type=radio]){border-color:var(--bad);box-shadow:inset 0 0 0 1px var(--bad)}
input[type=radio],input[type=checkbox]{inline-size:1.375rem;block-size:1.375rem;margin:.1rem 0 0;accent-color:var(--accent);flex:none}
.check{display:flex;gap:.75rem;align-items:flex-start;font-weight:400;min-block-size:2.75rem;padding-block:.5rem;font-size:1rem}
.choices{display:grid;gap:.625rem}
.choice{display:grid;grid-template-columns:auto minmax(0,1fr) auto;gap:.125rem .875rem;padding:1rem;border:1px solid var(--edge);border-radius:.625rem;font-weight:400;font-size:1rem;cursor:pointer}
.choice:has(:checked){border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.choice:has(:focus-visible){outline:3px solid var(--accent);outline-offset:2px}
.choice :focus-visible{outline:none}
.choice b{font-weight:600}
.choice .under{grid-column:2/-1}
.button,button{display:inline-flex;align-items:center;justify-content:center;min-block-size:2.75rem;padding:.5rem 1.125rem;border:1px solid var(--edge);border-radius:.5rem;background:transparent;color:inherit;font:inherit;font-weight:600;text-align:center;text-decoration:none;cursor:pointer}
.button:hover,button:hover{text-decoration:underline;text-underline-offset:.18em}
.go{background:var(--accent);border-color:var(--accent);color:var(--accent-ink);min-block-size:3.25rem;padding-inline:2rem;font-size:1.0625rem}
.go:focus-visible{outline-offset:3px}
.plain{border-color:transparent;padding-inline:0;color:var(--accent);text-decoration:underline;text-underline-offset:.18em;font-weight:500;min-block-size:1.75rem;padding-block:0}
.actions{display:flex;flex-wrap:wrap-reverse;justify-content:space-between;align-items:center;gap:.75rem 1.5rem;margin-block-start:1.5rem}
@media (max-width:30rem){.actions .go{inline-size:100%}}
.errors,.notice{border:1px solid;border-inline-start-width:.3rem;border-radius:.5rem;padding:1rem 1.25rem;margin-block-end:1.25rem}
.errors{border-color:var(--bad);background:var(--bad-ground)}
.errors h2{font-size:1.0625rem;margin-block-end:.5rem}
.errors li{margin-block:.25rem}
.errors a{color:var(--bad);font-weight:550}
.errors p:last-child,.notice p:last-child{margin:0}
.notice{border-color:var(--accent);background:var(--card)}
.mark{display:inline-block;padding:.0625rem .5rem;border-radius:1rem;background:var(--bad-ground);color:var(--bad);font-size:.8125rem;font-weight:600}
.tag{background:var(--note);color:var(--note-ink);border-radius:.5rem;padding:.625rem .875rem;font-size:.875rem;margin-block-end:1.25rem}
.facts{display:grid}
.facts>div{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:.125rem 1rem;padding-block:1rem;border-block-end:1px solid var(--line)}
.facts>div:first-child{padding-block-start:0}
.facts>div:last-child{border-block-end:0;padding-block-end:0}
.facts dt{font-size:.875rem;color:var(--quiet);grid-column:1}
.facts dd{grid-column:1}
.facts .change{grid-column:2;grid-row:1/span 2;align-self:start}
.codes{display:grid;gap:.5rem;margin-block-end:1rem}
.codes li{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;justify-content:space-between}
details.more>summary{cursor:pointer;color:var(--accent);text-decoration:underline;text-underline-offset:.18em;min-block-size:2.75rem;display:flex;align-items:center;inline-size:fit-content;list-style:none}
details.more>summary::-webkit-details-marker{display:none}
.more>.fields{margin-block-start:.5rem}
.row{display:flex;gap:.75rem;align-items:flex-end}
.row .field{flex:1}
.row button{min-block-size:3rem}
.bill:has(#same:checked) .else{display:none}
.has-book:not(:has(.another:checked)) .own{display:none}
@media (scripting:enabled){.redraw{display:none}}
.busy .go{opacity:.7}
.foot{padding-block:1.5rem 2.5rem;border-block-start:1px solid var(--line);display:flex;flex-wrap:wrap;gap:.5rem 2rem;justify-content:space-between;font-size:.875rem;color:var(--quiet)}
.foot ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
.foot a,.foot button{color:var(--quiet);font-size:.875rem;min-block-size:1.75rem;display:inline-flex;align-items:center;font-weight:400}
.foot [aria-current]{color:var(--ink);font-weight:600;display:inline-flex;align-items:center;min-block-size:1.75rem}
.wait{display:inline-block;inline-size:2rem;block-size:2rem;border:3px solid var(--line);border-block-start-color:var(--accent);border-radius:50%;animation:turn 1s linear infinite;margin-block-end:1rem}
.desk{grid-template-columns:minmax(0,27rem);justify-content:center;padding-block:clamp(1rem,7vh,5rem)}
.desk h1{font-size:1.5rem}
.desk .facts{margin-block-end:1.75rem}
.sum{font-size:1.375rem;font-weight:700;font-variant-numeric:tabular-nums}
@keyframes turn{to{transform:rotate(1turn)}}
@media (prefers-reduced-motion:reduce){.wait{animation:none}*{scroll-behavior:auto}}
@media (forced-colors:active){.choice:has(:checked){outline:2px solid}}
@media print{.top nav,.foot,.actions,.account,.fold{display:none}.aside{display:block;position:static}}
`
