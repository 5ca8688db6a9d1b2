// Tables of the document: a caption, heads with their scope, the first column as head of its row.
import { markup, type Markup } from './markup.ts'

export type Column<R> = { head: string; money: boolean; text: (row: R) => string }
export const textColumn = <R>(head: string, text: (row: R) => string): Column<R> => ({ head, money: false, text })
export const moneyColumn = <R>(head: string, text: (row: R) => string): Column<R> => ({ head, money: true, text })

export function figuresTable<R>(caption: string, rows: readonly R[], columns: readonly Column<NoInfer<R>>[]): Markup {
  const headOf = ({ head, money }: Column<R>): Markup =>
    money ? markup`<th scope="col" class="money">${head}</th>` : markup`<th scope="col">${head}</th>`
  const cellOf = ({ money, text }: Column<R>, row: R, first: boolean): Markup =>
    first
      ? markup`<th scope="row">${text(row)}</th>`
      : money
        ? markup`<td class="money">${text(row)}</td>`
        : markup`<td>${text(row)}</td>`
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
              ${columns.map((column, i) => cellOf(column, row, i === 0))}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`
}
