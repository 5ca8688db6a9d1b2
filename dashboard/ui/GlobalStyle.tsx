// What holds for every page: the custom properties, type, links, focus, print, reduced motion.
import { createGlobalStyle } from 'styled-components'
import { cssVariables, type Scheme } from './theme.ts'

const variables = (scheme: Scheme) =>
  Object.entries(cssVariables(scheme))
    .map(([name, value]) => `${name}: ${value};`)
    .join('\n')

export const GlobalStyle = createGlobalStyle<{ $scheme: Scheme }>`
  :root {
    ${({ $scheme }) => variables($scheme)}
    color-scheme: ${({ $scheme }) => $scheme};
  }
  *, *::before, *::after { box-sizing: border-box; }
  html { -webkit-text-size-adjust: 100%; }
  body {
    margin: 0;
    background: var(--ground);
    color: var(--ink);
    font: 400 16px/1.5 var(--font);
    overflow-wrap: break-word;
  }
  h1, h2, h3, h4, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  h1 { font-size: 32px; line-height: 40px; font-weight: 600; }
  h2 { font-size: 22px; line-height: 28px; font-weight: 600; }
  h3 { font-size: 18px; line-height: 24px; font-weight: 600; }
  @media (max-width: 899px) { h1 { font-size: 26px; line-height: 32px; } h2 { font-size: 20px; } }
  a { color: var(--link); text-underline-offset: 2px; }
  a:hover { color: var(--link-strong); }
  :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
  h1:focus { outline: none; }
  button, input, select { font: inherit; }
  /* The library's own is the dark blue of its brand, unseen on a dark ground. */
  .fi-loadingSpinner--loading .fi-icon-component-brand-fill { fill: var(--link); }
  /* The library's own is narrower than a finger needs. */
  .fi-search-input--not-empty .fi-search-input_button-clear.fi-search-input_button { min-width: 24px; min-height: 24px; margin: 7px; }
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { animation-duration: 1ms !important; transition-duration: 1ms !important; scroll-behavior: auto !important; }
  }
  @media print {
    :root { ${variables('light')} color-scheme: light; }
    body { background: #fff; font-size: 11pt; }
    .no-print { display: none !important; }
    /* Bars and swatches are filled; without it a browser leaves their colour out. */
    :root { print-color-adjust: exact; }
    a { color: inherit; text-decoration: none; }
    h1, h2, h3 { break-after: avoid; }
    tr, figure, li { break-inside: avoid; }
    figure svg { max-width: 100%; }
    /* Nobody presses a button on paper; what names a column or a row is its words only, or it would be missing on the next sheet. */
    button { display: none !important; }
    thead button, button.name { display: contents !important; }
    /* A total stands once, at the end, not on each sheet. */
    tfoot { display: table-row-group; }
    /* What was chosen is said, without the look of a field; empty fields and ticks say nothing. */
    select { appearance: none; border: 0 !important; padding: 0 !important; background: none !important; }
    input[type='checkbox'], input:placeholder-shown, .fi-search-input:not(.fi-search-input--not-empty), .fi-search-input_icon { display: none !important; }
    /* What is folded is shown, unless it is a form. */
    details:not([open]):has(form, input, select) { display: none; }
    details::details-content { content-visibility: visible; block-size: auto; }
  }
`
