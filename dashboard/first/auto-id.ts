// Ids of fields for their labels: the component library makes them only in the browser (vite.config.ts puts this in its place on the server).
import { useId, type ReactNode } from 'react'

type Props = { id?: string; children: (id: string) => ReactNode }
export const AutoId = ({ id, children }: Props): ReactNode => {
  const made = useId()
  return children(id ?? made)
}
