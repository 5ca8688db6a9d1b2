// One device on the plan: a button with the sign of what it is, its state as another sign, and its newest value.
import { useRef, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'
import { styled } from 'styled-components'
import type { Spot } from '#domain/plans/spot.ts'
import { StateSign } from '#dashboard/components/StateMark.tsx'
import { DeviceSign } from './device-signs.tsx'
import type { SignForm } from './fit-signs.ts'
import { isWell, movedBy, onPicture, type Row } from './plan-devices.ts'

const Marker = styled.button`
  position: absolute;
  display: inline-flex;
  align-items: center;
  gap: 4px;
  min-width: 28px;
  min-height: 28px;
  padding: 2px 6px;
  transform: translate(-50%, -50%);
  font-size: 13px;
  line-height: 18px;
  white-space: nowrap;
  font-variant-numeric: tabular-nums;
  color: var(--ink);
  background: var(--surface);
  border: 2px solid var(--good);
  border-radius: 14px;
  cursor: pointer;
  svg {
    width: 14px;
    height: 14px;
    flex: none;
  }
  svg.fi-icon .fi-icon-base-fill {
    fill: currentColor;
  }
  svg.fi-icon .fi-icon-base-stroke {
    stroke: currentColor;
  }
  .state {
    display: inline-flex;
    color: var(--good);
  }
  &[data-state='stale'] {
    border-style: dashed;
    border-color: var(--warn);
    .state {
      color: var(--warn);
    }
  }
  &[data-state='offline'] {
    border-style: double;
    border-width: 4px;
    border-color: var(--bad);
    border-radius: 4px;
    .state {
      color: var(--bad);
    }
  }
  &[data-state='never'] {
    border-style: dotted;
    border-color: var(--ink-soft);
    .state {
      color: var(--ink-soft);
    }
  }
  &[data-alarm='true'] {
    border-style: solid;
    border-width: 3px;
    border-color: var(--bad);
    border-radius: 4px;
    background: var(--bad-ground);
    .state {
      color: var(--bad);
    }
  }
  &[aria-pressed='true'] {
    z-index: 2;
    box-shadow: 0 0 0 3px var(--focus);
  }
  &:hover,
  &:focus-visible {
    z-index: 3;
  }
  &[data-moves='true'] {
    cursor: grab;
    touch-action: none;
  }
  @media (pointer: coarse) {
    min-width: 32px;
    min-height: 32px;
  }
  @media print {
    font-size: 8pt;
  }
`
type Props = {
  row: Row
  at: Spot
  /** What the marker says to those who do not see it. */
  name: string
  value: string
  form: SignForm
  chosen: boolean
  moves: boolean
  onChoose: () => void
  onMove: (to: Spot, done: boolean) => void
  /** The element whose size the places are parts of. */
  picture: RefObject<HTMLElement | null>
}
export const PlanMarker = ({ row, at, name, value, form, chosen, moves, onChoose, onMove, picture }: Props) => {
  const held = useRef(false)
  const spotOf = ({ clientX, clientY }: PointerEvent): Spot | null => {
    const box = picture.current?.getBoundingClientRect()
    return box === undefined || box.width === 0
      ? null
      : onPicture([(clientX - box.left) / box.width, (clientY - box.top) / box.height])
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moves ? movedBy(at, event.key, event.shiftKey) : null
    if (to === null) return
    // The arrows move the device, not the plan under it.
    event.preventDefault()
    event.stopPropagation()
    onChoose()
    onMove(to, true)
  }
  return (
    <Marker
      type="button"
      style={{ left: `${at[0] * 100}%`, top: `${at[1] * 100}%` }}
      data-device={row.id}
      data-state={row.presence.state}
      data-alarm={row.alarms > 0}
      data-moves={moves}
      aria-pressed={chosen}
      aria-label={name}
      onClick={onChoose}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.stopPropagation()
        if (!moves || event.button !== 0) return
        held.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
        onChoose()
      }}
      onPointerMove={(event) => {
        const to = held.current ? spotOf(event) : null
        if (to !== null) onMove(to, false)
      }}
      onPointerUp={(event) => {
        const to = held.current ? spotOf(event) : null
        held.current = false
        if (to !== null && Math.hypot(to[0] - at[0], to[1] - at[1]) > 0) onMove(to, true)
      }}
      onPointerCancel={() => {
        held.current = false
      }}
    >
      <DeviceSign type={row.type} />
      {value === '' || form === 'small' ? null : <span>{value}</span>}
      {form !== 'full' && isWell(row) ? null : (
        <span className="state">
          <StateSign state={row.alarms > 0 ? 'suspect' : row.presence.state} />
        </span>
      )}
    </Marker>
  )
}
