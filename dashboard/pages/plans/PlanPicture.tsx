// The picture of a storey with its spaces and devices; it is zoomed by buttons and moved by dragging, touch, wheel and arrow keys.
import { useEffect, useRef, useState, type PointerEvent, type ReactNode, type RefObject } from 'react'
import { Button, IconMinus, IconPlus } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { PlanShown } from '#contract/plans.ts'
import { middleOf } from '#domain/plans/spot.ts'
import { planPicturePath } from '#dashboard/client/plan-queries.ts'
import { planWords } from '#dashboard/text/plans/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'

const Window = styled.section`
  position: relative;
  overflow: auto;
  max-height: 75vh;
  border: 1px solid var(--line-strong);
  border-radius: 4px;
  background: var(--quiet-ground);
  cursor: grab;
  &:active {
    cursor: grabbing;
  }
  @media print {
    max-height: none;
    overflow: visible;
    border: 0;
  }
`
const Sheet = styled.div`
  position: relative;
  margin: 0 auto;
  img {
    display: block;
    width: 100%;
    height: 100%;
    /* Plans are drawn for paper: it stays light in the dark too. */
    background: #fff;
    user-select: none;
    pointer-events: none;
  }
  @media print {
    width: 100% !important;
  }
`
const SpaceLabel = styled.span`
  position: absolute;
  transform: translate(-50%, -50%);
  max-width: 160px;
  padding: 0 4px;
  border-radius: 2px;
  font-size: 12px;
  line-height: 15px;
  text-align: center;
  color: var(--ink);
  background: var(--surface);
  opacity: 0.92;
  pointer-events: none;
`
const ZOOMS = [1, 1.5, 2.25, 3.5, 5]
/** Names of spaces stand on the plan where they have room. */
const LABEL_PX = 70

type Props = {
  plan: PlanShown
  /** Name of a space as the page writes it. */
  spaceName: (space: string) => string
  /** The place of the chosen device: it is brought into sight. */
  sight: readonly [number, number] | null
  children: (sheet: RefObject<HTMLDivElement | null>) => ReactNode
}
export const PlanPicture = ({ plan, spaceName, sight, children }: Props) => {
  const words = useWords(planWords)
  const [zoom, setZoom] = useState(0)
  const [width, setWidth] = useState(0)
  const window = useRef<HTMLElement>(null)
  const sheet = useRef<HTMLDivElement>(null)
  const dragged = useRef<{ x: number; y: number } | null>(null)
  const factor = ZOOMS[zoom] ?? 1

  useEffect(() => {
    const element = window.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  // What is chosen in the list comes into sight on a plan that is zoomed.
  const [x, y] = sight ?? [null, null]
  useEffect(() => {
    const [box, whole] = [window.current, sheet.current]
    if (box === null || whole === null || x === null || y === null || zoom === 0) return
    box.scrollTo({
      left: x * whole.clientWidth - box.clientWidth / 2,
      top: y * whole.clientHeight - box.clientHeight / 2,
    })
  }, [x, y, zoom])

  const drag = (event: PointerEvent<HTMLElement>) => {
    if (dragged.current === null) return
    event.currentTarget.scrollBy(dragged.current.x - event.clientX, dragged.current.y - event.clientY)
    dragged.current = { x: event.clientX, y: event.clientY }
  }
  const { width: across, height: down } = plan.picture
  const shownWidth = width * factor
  return (
    <Stack $gap={1}>
      <Row $gap={1} className="no-print">
        <Button
          variant="secondary"
          icon={<IconPlus />}
          disabled={zoom === ZOOMS.length - 1}
          onClick={() => setZoom(zoom + 1)}
        >
          {words.closer}
        </Button>
        <Button variant="secondary" icon={<IconMinus />} disabled={zoom === 0} onClick={() => setZoom(zoom - 1)}>
          {words.farther}
        </Button>
        {zoom === 0 ? null : (
          <Button variant="secondaryNoBorder" onClick={() => setZoom(0)}>
            {words.whole}
          </Button>
        )}
      </Row>
      <Window
        ref={window}
        tabIndex={0}
        aria-label={words.plan(plan.storey)}
        onPointerDown={(event) => {
          // Fingers scroll by themselves.
          if (event.pointerType !== 'mouse' || event.button !== 0) return
          dragged.current = { x: event.clientX, y: event.clientY }
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={drag}
        onPointerUp={() => {
          dragged.current = null
        }}
      >
        <Sheet ref={sheet} style={{ width: `${factor * 100}%`, aspectRatio: `${across} / ${down}` }}>
          <img src={planPicturePath(plan)} alt="" />
          {plan.outlines.map(({ space, corners }) => {
            const xs = corners.map(([at]) => at)
            const room = (Math.max(...xs) - Math.min(...xs)) * shownWidth
            if (room < LABEL_PX) return null
            const [left] = middleOf(corners)
            const top = Math.min(...corners.filter(([at]) => Math.abs(at - left) < 1).map(([, at]) => at))
            const bottom = Math.max(...corners.map(([, at]) => at))
            return (
              <SpaceLabel
                key={space}
                aria-hidden="true"
                style={{
                  left: `${left * 100}%`,
                  top: `${(top + Math.min(0.03, (bottom - top) / 5)) * 100}%`,
                  maxWidth: room - 8,
                }}
              >
                {spaceName(space)}
              </SpaceLabel>
            )
          })}
          {children(sheet)}
        </Sheet>
      </Window>
    </Stack>
  )
}
