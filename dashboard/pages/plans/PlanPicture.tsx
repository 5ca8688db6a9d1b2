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
import { drawing } from '#dashboard/ui/theme.ts'

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
    background: ${drawing.ground};
    user-select: none;
    pointer-events: none;
  }
  background: ${drawing.ground};
  @media print {
    width: 100% !important;
  }
`
const SpaceLabel = styled.span`
  position: absolute;
  transform: translateX(-50%);
  font-size: 12px;
  font-weight: 600;
  line-height: 15px;
  text-align: center;
  /* On the paper of the plan, in the dark too. */
  color: ${drawing.ink};
  text-shadow:
    0 0 3px ${drawing.ground},
    0 0 3px ${drawing.ground};
  pointer-events: none;
`
const ZOOMS = [1, 1.5, 2.25, 3.5, 5]
/** A plan opens at least this wide: on a phone a part of it is in sight, and it can be read. */
const READABLE_PX = 640
/** Names of spaces stand on the plan where they have room: of a letter, of a line, and of the walls. */
const LETTER_PX = 6.5
const LINE_PX = 15
const WALLS_PX = 10
const fits = (name: string, width: number, height: number): boolean => {
  const across = width - WALLS_PX
  const longest = Math.max(...name.split(/[\s-]/).map((word) => word.length))
  return longest * LETTER_PX <= across && Math.ceil((name.length * LETTER_PX) / across) * LINE_PX <= height / 2
}
/** Pixels of the whole picture as it is shown. */
export type PictureSize = { width: number; height: number }

type Props = {
  plan: PlanShown
  /** Name of a space as the page writes it. */
  spaceName: (space: string) => string
  /** The place of the chosen device: it is brought into sight. */
  sight: readonly [number, number] | null
  children: (sheet: RefObject<HTMLDivElement | null>, size: PictureSize) => ReactNode
}
export const PlanPicture = ({ plan, spaceName, sight, children }: Props) => {
  const words = useWords(planWords)
  const [chosenZoom, setZoom] = useState<number | null>(null)
  const [width, setWidth] = useState(0)
  const zoom =
    chosenZoom ??
    Math.max(
      0,
      ZOOMS.findIndex((one) => width === 0 || width * one >= READABLE_PX),
    )
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
  const size = { width: width * factor, height: (width * factor * down) / across }
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
            const ys = corners.map(([, at]) => at)
            const top = Math.min(...ys)
            const room = (Math.max(...xs) - Math.min(...xs)) * size.width
            if (!fits(spaceName(space), room, (Math.max(...ys) - top) * size.height)) return null
            return (
              <SpaceLabel
                key={space}
                aria-hidden="true"
                style={{
                  left: `${middleOf(corners)[0] * 100}%`,
                  top: `calc(${top * 100}% + ${WALLS_PX}px)`,
                  maxWidth: room - WALLS_PX,
                }}
              >
                {spaceName(space)}
              </SpaceLabel>
            )
          })}
          {children(sheet, size)}
        </Sheet>
      </Window>
    </Stack>
  )
}
