// Puts twins, commands, scenes, schedules and firmware together; they follow and work from when the server listens until it closes.
import { createCampaigns, type Campaigns } from '#api/firmware/campaigns.ts'
import { createImages, type Images } from '#api/firmware/images.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { createCommands, type Commands } from './commands.ts'
import { createScenes, type Scenes } from './scenes.ts'
import { createSchedules, type Schedules } from './schedules.ts'
import { createTwins, type Twins } from './twins.ts'

export type TwinParts = {
  twins: Twins
  commands: Commands
  scenes: Scenes
  schedules: Schedules
  images: Images
  campaigns: Campaigns
}

/** How often waiting commands, schedules, and campaigns are looked at. */
const COMMANDS_EVERY_MS = 1_000
const SCHEDULES_EVERY_MS = 1_000
const FIRMWARE_EVERY_MS = 500

/** A command that opens the data folder for itself does not listen: it must neither steer nor run schedules. */
export function openTwinParts(app: ApiApp, parts: RouteParts): TwinParts {
  const twins = createTwins(parts)
  const commands = createCommands(parts)
  const scenes = createScenes(parts, twins, commands)
  const schedules = createSchedules(parts, scenes)
  const images = createImages(parts)
  const campaigns = createCampaigns(parts, images, twins)
  parts.recurring.push(
    // Whoever has the device's connection gives it what waits; one node says that it is too late.
    { name: 'commands', everyMs: COMMANDS_EVERY_MS, everywhere: true, run: commands.deliverDue },
    { name: 'old commands', everyMs: COMMANDS_EVERY_MS, run: commands.expire },
    { name: 'schedules', everyMs: SCHEDULES_EVERY_MS, run: schedules.tick },
    { name: 'firmware', everyMs: FIRMWARE_EVERY_MS, everywhere: true, run: campaigns.carryOn },
    { name: 'firmware waves', everyMs: FIRMWARE_EVERY_MS, run: campaigns.judgeWaves },
  )
  app.addHook('onListen', async () => {
    await commands.start()
    schedules.start()
    await campaigns.open()
  })
  app.addHook('onClose', async () => {
    await schedules.stop()
    await campaigns.stop()
    await commands.stop()
    await twins.stop()
  })
  return { twins, commands, scenes, schedules, images, campaigns }
}
