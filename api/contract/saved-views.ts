// Saved views: an address of the dashboard with its filters, one's own or shared with the organisation.
import { Type, type Static } from 'typebox'
import { closed, Id, itemsOf, Text } from './common.ts'

const Address = Type.String({ minLength: 1, maxLength: 1000, examples: ['/devices?state=offline&premises=talo'] })
export const SavedViewShown = closed({
  id: Id,
  version: Type.Integer(),
  name: Text,
  address: Address,
  shared: Type.Boolean(),
  owner: Type.String(),
  /** It may be renamed, shared and deleted by whoever asks. */
  mine: Type.Boolean(),
  /** Whoever asks begins here. */
  start: Type.Boolean(),
})
export const SavedViewList = itemsOf(SavedViewShown)
export const SavedViewQuery = closed({
  /** Only those of this page, such as /devices. */
  page: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
})
export const SavedViewNew = closed({ name: Text, address: Address, shared: Type.Optional(Type.Boolean()) })
export const SavedViewChange = closed({
  name: Type.Optional(Text),
  address: Type.Optional(Address),
  shared: Type.Optional(Type.Boolean()),
  /** Begin here from now on; false: no longer. */
  start: Type.Optional(Type.Boolean()),
})
export type SavedViewShown = Static<typeof SavedViewShown>
export type SavedViewList = Static<typeof SavedViewList>
