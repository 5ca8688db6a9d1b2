// Tables of the document in HTML: a caption, heads with their scope, the first column as head of its row.
import type { Cell, ContentColumn, ContentTable } from './content.ts'
import { markup, type Markup } from './markup.ts'

export function figuresTable({ caption, columns, rows }: ContentTable): Markup {
  const headOf = ({ head, money }: ContentColumn): Markup =>
    money ? markup`<th scope="col" class="money">${head}</th>` : markup`<th scope="col">${head}</th>`
  const cellOf = ({ text }: Cell, i: number): Markup =>
    i === 0
      ? markup`<th scope="row">${text}</th>`
      : columns[i]?.money === true
        ? markup`<td class="money">${text}</td>`
        : markup`<td>${text}</td>`
  return markup`<div class="scroll" tabindex="0" role="group" aria-label="${caption}">
    <table class="figures">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map(headOf)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            markup`<tr>
              ${row.map(cellOf)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`
}
