import { houseStyle } from '../house-style.js'

export const startPageStyle = `${houseStyle}
main > header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1.5rem; }
main > header p { margin: 0; }
.facts { display: flex; flex-wrap: wrap; gap: .25rem 2rem; }
.facts div { display: flex; gap: .5rem; }
.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .45rem .75rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
tr:last-child > * { border-bottom: 0; }
article { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; margin: .75rem 0; }
article header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: baseline; justify-content: space-between; }
.shop { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 52rem) { .shop { grid-template-columns: minmax(0, 1fr) 18rem; align-items: start; } .cart { position: sticky; top: 1rem; } }
.goods { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .75rem; list-style: none; padding: 0; margin: 0; }
.goods li { display: flex; flex-direction: column; gap: .35rem; border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; }
.goods img { width: 100%; height: 6rem; object-fit: contain; border-radius: .25rem; background: var(--box); }
.goods strong { line-height: 1.3; }
.goods button { margin-top: auto; }
.cart { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem; }
.cart h3 { margin: 0 0 .5rem; }
.cart ul { list-style: none; padding: 0; margin: 0; }
.cart li { display: flex; justify-content: space-between; gap: .75rem; padding: .25rem 0; }
.total { display: flex; justify-content: space-between; border-top: 1px solid var(--line); padding-top: .5rem; font-weight: 600; }
.go { display: inline-block; margin-top: .75rem; padding: .5rem 1rem; border-radius: .35rem; background: var(--accent); color: var(--paper); text-decoration: none; }
.steps { padding: 0; margin: .75rem 0 0; list-style: none; }
.steps > li { border-top: 1px solid var(--line); padding: .6rem 0; }
.sides { display: grid; gap: .75rem; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 52rem) { .sides { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
.sides pre { margin: 0; max-height: 18rem; }
.sides h4 { margin: .35rem 0; font-size: .9rem; font-weight: 600; color: var(--quiet); }
.steps summary { cursor: pointer; min-height: 1.75rem; overflow-wrap: anywhere; }
.good { color: var(--good); }
.bad { color: var(--bad); }
[hidden] { display: none !important; }
`
