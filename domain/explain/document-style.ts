// The look of the statement as a document, on screen and on paper. One text, so that a policy can name it by its hash.

/** The head of the sheet is a table head, which browsers repeat on every page of print. */
export const DOCUMENT_STYLE = `
:root { color: #212121; background: #fff; font: 16px/1.5 'Source Sans 3', 'Source Sans Pro', system-ui, sans-serif; }
body { margin: 0 auto; padding: 16px; max-width: 60rem; }
table { border-collapse: collapse; width: 100%; }
.sheet { table-layout: fixed; }
.sheet > tbody > tr > td, .sheet > thead > tr > td { padding: 0; }
.every-page { display: flex; flex-wrap: wrap; gap: 0 16px; border-bottom: 2px solid #212121; padding: 4px 0; font-size: 14px; }
.every-page strong { border: 2px solid #212121; padding: 0 6px; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 24px 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 1.375rem; margin: 32px 0 8px; }
h3 { font-size: 1.125rem; margin: 28px 0 4px; border-top: 1px solid #767676; padding-top: 12px; }
h4 { font-size: 1rem; margin: 16px 0 4px; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 2px 16px; }
dt { font-weight: 600; }
dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
.figures caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.scroll { position: relative; }
.figures th, .figures td { text-align: left; vertical-align: top; padding: 4px 12px 4px 0; border-bottom: 1px solid #c8cdd0; font-weight: 400; }
.figures thead th { font-weight: 600; }
.figures .money { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.figures tfoot th, .figures tfoot td { font-weight: 600; }
.notice { border-left: 4px solid #212121; padding: 4px 12px; margin: 12px 0; }
ul { margin: 4px 0; padding-left: 24px; }
li { overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.75rem; }
code { overflow-wrap: anywhere; font-size: 0.875em; }
@media (max-width: 40rem) { h1 { font-size: 1.375rem; } dl { grid-template-columns: 1fr; } dd { margin-bottom: 8px; } }
@media print {
  @page { size: A4; margin: 14mm 14mm 16mm; @bottom-right { content: counter(page) ' / ' counter(pages); font-size: 10pt; } }
  :root { font-size: 10.5pt; }
  body { padding: 0; max-width: none; }
  h2, h3, h4 { break-after: avoid; }
  tr { break-inside: avoid; }
  .sheet > tbody > tr { break-inside: auto; }
}
`
