// A QR code as a picture that scales and prints sharply.
import { encodeQR } from 'qr'

/** `label` says what the code is for; the modules are drawn dark on white in every look, as scanners want it. */
export const QrCode = ({ text, label, size = 200 }: { text: string; label: string; size?: number }) => {
  const modules = encodeQR(text, 'raw', { border: 4 })
  const path = modules.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${modules.length} ${modules.length}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="white" />
      <path d={path} fill="black" />
    </svg>
  )
}
