// Signs of kinds of devices, drawn with one pen on 16 × 16: what a thing is can be seen before it is read.
const PATHS: Record<string, string> = {
  temperature: 'M6 9V3.5a2 2 0 0 1 4 0V9a3.5 3.5 0 1 1-4 0M8 6v6',
  electricity: 'M9 1.5 4 9h4l-1 5.5L12 7H8z',
  water: 'M8 1.5S3.5 7 3.5 10a4.5 4.5 0 0 0 9 0C12.5 7 8 1.5 8 1.5z',
  heat: 'M3 5c1-2 2-2 3 0s2 2 3 0 2-2 3 0M3 9c1-2 2-2 3 0s2 2 3 0 2-2 3 0M3 13c1-2 2-2 3 0s2 2 3 0 2-2 3 0',
  air: 'M8 8V3a2.5 2.5 0 1 1 0 5zm0 0h5a2.5 2.5 0 1 1-5 0zm0 0v5a2.5 2.5 0 1 1 0-5zm0 0H3a2.5 2.5 0 1 1 5 0z',
  door: 'M4 14.5v-13h8v13M2 14.5h12M9.5 8v1',
  light: 'M5.5 11.5a4.5 4.5 0 1 1 5 0v2h-5zM6 15h4',
  lift: 'M3 1.5h10v13H3zM8 1.5v13M5 6l.7-1.5L6.4 6M9.6 9l.7 1.5L11 9',
  charger: 'M3 14.5v-13h6v13zM2 14.5h8M9 6h2.5V12a1.2 1.2 0 0 0 2.4 0V5l-1.5-1.5M5 5h2',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  screen: 'M2 3h12v8H2zM6 14h4M8 11v3',
  thing: 'M8 1.5 14 5v6.5l-6 3.5-6-3.5V5zM2 5l6 3.5L14 5M8 8.5V15',
}
const KINDS: [form: RegExp, sign: string][] = [
  [/electric|power|submeter|battery|ups/, 'electricity'],
  [/water|leak|wc|flush/, 'water'],
  [/heat|boiler|radiator|cool/, 'heat'],
  [/ventilation|fan|ahu|air-handling|hood/, 'air'],
  [/door|lock|access|gate|turnstile|locker/, 'door'],
  [/light|lamp/, 'light'],
  [/lift|elevator/, 'lift'],
  [/charger|ev-/, 'charger'],
  [/solar|pv|inverter/, 'sun'],
  [/display|screen|printer|queue|booth|kiosk|network|router|camera/, 'screen'],
  [/sensor|climate|room|weather|thermostat|freezer|fridge/, 'temperature'],
]

export const DeviceSign = ({ type }: { type: string | null }) => {
  const sign = KINDS.find(([form]) => form.test(type ?? ''))?.[1] ?? 'thing'
  return (
    <svg
      className="sign"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[sign]} />
    </svg>
  )
}
