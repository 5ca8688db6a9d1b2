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
    a { color: inherit; text-decoration: none; }
    h1, h2, h3 { break-after: avoid; }
    tr, figure { break-inside: avoid; }
  }
`
