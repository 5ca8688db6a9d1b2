// A document as one HTML page without script: what the statement is on screen and on paper. The same content gives the same bytes.
import type { Block, Content } from './content.ts'
import { DOCUMENT_STYLE } from './document-style.ts'
import { figuresTable } from './figures-table.ts'
import { markup, Markup } from './markup.ts'
import type { Sentence } from './sentences.ts'

/** The page; `kept` is HTML that stands at its end as it is (the public record keeps its proof there). */
export function contentHtml(
  { language, title, premises, state, marks, blocks }: Content,
  kept: Markup | null = null,
): string {
  const page = markup`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${[title, premises, ...marks].join(' · ')}</title>
        <style>${new Markup(DOCUMENT_STYLE)}</style>
      </head>
      <body>
        <table class="sheet" role="presentation">
          <thead>
            <tr>
              <td>
                <header class="every-page">
                  <span>Samtila</span>
                  <span>${title}</span>
                  <span>${premises}</span>
                  <span>${state}</span>
                  ${marks.map((mark) => markup`<strong>${mark}</strong>`)}
                </header>
              </td>
            </tr>
          </thead>
          <tbody>
            <tr>
              <td>
                <main>
                  <h1>${title}</h1>
                  ${blocks.map(blockHtml)}
                </main>
              </td>
            </tr>
          </tbody>
        </table>
        ${kept}
      </body>
    </html>
`
  return page.text
}

function blockHtml(block: Block): Markup {
  switch (block.is) {
    case 'heading':
      return block.level === 2
        ? markup`<h2>${block.text}</h2> `
        : block.level === 3
          ? markup`<h3>${block.text}</h3> `
          : markup`<h4>${block.text}</h4> `
    case 'facts':
      return markup`<dl>
        ${block.facts.map(
          ({ name, value, code }) =>
            markup`<dt>${name}</dt>
              <dd>${code === true ? markup`<code>${value}</code>` : value}</dd>`,
        )}
      </dl> `
    case 'notice':
      return markup`<p class="notice">${block.text}</p> `
    case 'text':
      return markup`<p>${block.text}</p> `
    case 'sentences':
      return sentenceList(block.sentences)
    case 'table':
      return figuresTable(block)
  }
}

/** Sentences as nested lists. */
function sentenceList(sentences: readonly Sentence[]): Markup {
  const items: Markup[] = []
  for (let i = 0; i < sentences.length;) {
    const { text, depth } = sentences[i]!
    let end = i + 1
    while (end < sentences.length && sentences[end]!.depth > depth) end += 1
    const below = sentences.slice(i + 1, end)
    items.push(markup`<li>${text}${below.length === 0 ? null : sentenceList(below)}</li>`)
    i = end
  }
  return markup`<ul>
    ${items}
  </ul>`
}
