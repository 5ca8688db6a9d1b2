// Every route of the API in one place.
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { createBudgetLook } from '#api/alarms/budget-look.ts'
import { createClaims } from '#api/claims/claims.ts'
import { createDisputes } from '#api/settlement/disputes.ts'
import { createDownlinks } from '#api/downlinks/downlinks.ts'
import { createInbox } from '#api/inbox/inbox.ts'
import { startTakingPoints } from '#api/inbox/take-points.ts'
import { createFaults } from '#api/faults/faults.ts'
import { createSettlements } from '#api/settlement/settlements.ts'
import { addAccrualRoutes } from './accruals.ts'
import { addAdvanceRoutes } from './advances.ts'
import { addAgreementRoutes } from './agreements.ts'
import { addAlarmRoutes } from './alarms.ts'
import { addAlarmRuleRoutes } from './alarm-rules.ts'
import { addAuditRoutes } from './audit.ts'
import { addBridgeRoutes } from './bridges.ts'
import { addBrokerAuthRoutes } from './broker-auth.ts'
import { addCertificateAuthorityRoutes } from './certificate-authorities.ts'
import { addCertificateRoutes } from './certificates.ts'
import { addBudgetRoutes } from './budgets.ts'
import { addCheckRoutes } from './checks.ts'
import { addClaimRoutes } from './claims.ts'
import { addCommissioningRoutes } from './commissionings.ts'
import { addConnectorRoutes } from './connectors.ts'
import { addChangesRoutes } from './changes.ts'
import { addConsumptionRoutes } from './consumption.ts'
import { addConsumptionTodayRoutes } from './consumption-today.ts'
import { addCorrectionRoutes } from './corrections.ts'
import { openCostMonths } from '#api/costs/cost-months.ts'
import { addCostFigureRoutes } from './cost-figures.ts'
import { addCostRoutes } from './costs.ts'
import { addCredentialRoutes } from './credentials.ts'
import { addDataRequestRoutes } from './data-requests.ts'
import { addDecodeRoutes } from './decode.ts'
import { addDeviceRoutes } from './devices.ts'
import { addDemonstrationRoutes } from './demonstration.ts'
import { addDeviceDocumentRoutes } from './device-documents.ts'
import { addDeviceChangeRoutes } from './device-change.ts'
import { addDeviceMoneyRoutes } from './device-money.ts'
import { addDeviceTypeRoutes } from './device-types.ts'
import { addDisputeRoutes } from './disputes.ts'
import { addDocumentRoutes } from './documents.ts'
import { addDownlinkRoutes } from './downlinks.ts'
import { openTwinParts } from '#api/twin/open-twin-parts.ts'
import { addTwinRoutes } from './twins.ts'
import { addSceneRoutes } from './scenes.ts'
import { addScheduleRoutes } from './schedules.ts'
import { addEnergyByUseRoutes } from './energy-by-use.ts'
import { addFaultRoutes } from './faults.ts'
import { addEquipmentRoutes } from './equipment.ts'
import { addFeedbackRoutes } from './feedback.ts'
import { addFirmwareRoutes } from './firmware.ts'
import { addFileRoutes } from './files.ts'
import { addHealthRoutes } from './health.ts'
import { addInboxRoutes } from './inbox.ts'
import { addInspectionRoutes } from './inspections.ts'
import { addIdentityProviderRoutes } from './identity-providers.ts'
import { addImportExportRoutes } from './import-export.ts'
import { addImportRoutes } from './imports.ts'
import { addInvoiceRoutes } from './invoices.ts'
import { addInvoicingDetailsRoutes } from './invoicing-details.ts'
import { addLedgerExportRoutes } from './ledger-export.ts'
import { addLifecycleRoutes } from './lifecycle.ts'
import { addMeterFactsRoutes } from './meter-facts.ts'
import { addMeterChangeRoutes } from './meter-changes.ts'
import { addMeterRoutes } from './meters.ts'
import { addManualReadingRoutes } from './manual-readings.ts'
import { addPriceGapRoutes } from './price-gaps.ts'
import { addLiveRoutes } from './live.ts'
import { addOrganisationRoutes } from './organisations.ts'
import { addListenerRoutes } from './listeners.ts'
import { addNotificationRoutes } from './notifications.ts'
import { addOnCallRoutes } from './on-call.ts'
import { addPartyChangeRoutes } from './party-changes.ts'
import { addComfortRoutes } from './comfort.ts'
import { addPlanRoutes } from './plans.ts'
import { addPremisesModelRoutes } from './premises-model.ts'
import { addPremisesRoutes } from './premises.ts'
import { addProposalRoutes } from './proposals.ts'
import { addProofRoutes } from './proofs.ts'
import { addPublicPageRoutes } from './public-page.ts'
import { addPublicReportRoutes } from './public-reports.ts'
import { addReportCodeRoutes } from './report-codes.ts'
import { addPublicRecordRoutes } from './public-record.ts'
import { addQuarantineRoutes } from './quarantine.ts'
import { addRetentionRoutes } from './retention.ts'
import { addRotationRoutes } from './rotations.ts'
import { addBulkEditRoutes } from './bulk-edits.ts'
import { addCalendarLinkRoutes } from './calendar-links.ts'
import { addSavedViewRoutes } from './saved-views.ts'
import { addSearchRoutes } from './search.ts'
import { addTableRoutes } from './tables.ts'
import { addSecurityRoutes } from './security.ts'
import { addSeriesRoutes } from './series.ts'
import { addSessionRoutes } from './session.ts'
import { addServiceRoutes } from './service.ts'
import { addServiceBookRoutes } from './service-book.ts'
import { addSettlementRoutes } from './settlements.ts'
import { addSettlementSteps } from './settlement-steps.ts'
import { addSystemRoutes } from './system.ts'
import { addTariffRoutes } from './tariffs.ts'
import { addTokenRoutes } from './tokens.ts'
import { addTransferRoutes } from './transfers.ts'
import { addUserRoutes } from './users.ts'
import { addWhatIfRoutes } from './what-if.ts'
import { addWebhookRoutes } from './webhooks.ts'
import { addWatchRoutes } from './watch.ts'
import { addWaitingRoutes } from './waiting.ts'

export async function addRoutes(app: ApiApp, parts: RouteParts): Promise<void> {
  const settlements = createSettlements(parts)
  app.addHook('onClose', () => settlements.stop())
  const inbox = createInbox(parts)
  app.addHook('onClose', async () => inbox.stop())
  const takingPoints = startTakingPoints(parts)
  app.addHook('onClose', () => takingPoints())
  const claims = createClaims(parts)
  const downlinks = createDownlinks(parts)
  app.addHook('onClose', () => downlinks.stop())
  const disputes = createDisputes(parts, settlements)
  const twinParts = openTwinParts(app, parts)
  const faults = createFaults(parts)
  addHealthRoutes(app, parts)
  await app.register(
    async (api: ApiApp) => {
      addSessionRoutes(api, parts)
      await addBrokerAuthRoutes(api, parts)
      addOrganisationRoutes(api, parts)
      addPremisesRoutes(api, parts, settlements)
      addPremisesModelRoutes(api, parts)
      addDeviceRoutes(api, parts)
      addDeviceTypeRoutes(api)
      addLifecycleRoutes(api, parts)
      addMeterFactsRoutes(api, parts)
      addMeterRoutes(api, parts)
      addMeterChangeRoutes(api, parts)
      addSearchRoutes(api, parts)
      addTableRoutes(api, parts)
      addBulkEditRoutes(api, parts)
      addSavedViewRoutes(api, parts)
      await addSecurityRoutes(api, parts)
      addDataRequestRoutes(api, parts)
      addEquipmentRoutes(api, parts)
      addDeviceMoneyRoutes(api, parts)
      addDeviceChangeRoutes(api, parts, settlements)
      addDeviceDocumentRoutes(api, parts)
      addTransferRoutes(api, parts)
      addClaimRoutes(api, parts, claims)
      addCommissioningRoutes(api, parts, claims)
      addCredentialRoutes(api, parts)
      addDownlinkRoutes(api, parts, downlinks)
      addTwinRoutes(api, parts, twinParts)
      addSceneRoutes(api, parts, twinParts)
      addScheduleRoutes(api, parts, twinParts)
      addFirmwareRoutes(api, parts, twinParts)
      addRotationRoutes(api, parts)
      addCertificateRoutes(api, parts)
      addCertificateAuthorityRoutes(api, parts)
      addConnectorRoutes(api, parts)
      addWatchRoutes(api, parts, inbox)
      addInboxRoutes(api, parts, inbox)
      addBridgeRoutes(api, parts)
      addSeriesRoutes(api, parts)
      addConsumptionRoutes(api, parts)
      addConsumptionTodayRoutes(api, parts)
      addEnergyByUseRoutes(api, parts)
      addChangesRoutes(api, parts)
      addLiveRoutes(api, parts)
      parts.alarms?.useBudgets(createBudgetLook(parts, settlements))
      addAlarmRuleRoutes(api, parts)
      addAlarmRoutes(api, parts)
      addImportExportRoutes(api, parts)
      addAgreementRoutes(api, parts)
      addProposalRoutes(api, parts)
      addTariffRoutes(api, parts)
      addCostRoutes(api, parts)
      const costMonths = openCostMonths(parts, settlements)
      addSettlementRoutes(api, parts, settlements)
      addSettlementSteps(api, parts, settlements, disputes)
      addCostFigureRoutes(api, parts, costMonths)
      addDisputeRoutes(api, parts, disputes)
      addCheckRoutes(api, parts, settlements)
      addServiceRoutes(api, parts, faults)
      addInspectionRoutes(api, parts)
      addServiceBookRoutes(api, parts)
      addWaitingRoutes(api, parts, settlements)
      addCorrectionRoutes(api, parts, settlements)
      addWhatIfRoutes(api, parts, settlements)
      addPartyChangeRoutes(api, parts, settlements)
      addProofRoutes(api, parts, settlements)
      addDocumentRoutes(api, parts, settlements)
      addInvoiceRoutes(api, parts)
      addInvoicingDetailsRoutes(api, parts)
      addLedgerExportRoutes(api, parts)
      await addBudgetRoutes(api, parts, settlements)
      addAccrualRoutes(api, parts, settlements)
      addAdvanceRoutes(api, parts)
      addPublicRecordRoutes(api, parts, settlements)
      addQuarantineRoutes(api, parts)
      addDecodeRoutes(api, parts)
      addTokenRoutes(api, parts)
      addUserRoutes(api, parts)
      addIdentityProviderRoutes(api, parts)
      addFaultRoutes(api, parts, faults)
      addReportCodeRoutes(api, parts)
      addPublicPageRoutes(api, parts, costMonths)
      addPublicReportRoutes(api, parts, faults)
      addFeedbackRoutes(api, parts)
      addAuditRoutes(api, parts)
      addSystemRoutes(api, parts)
      addDemonstrationRoutes(api, parts)
      addRetentionRoutes(api, parts)
      addNotificationRoutes(api, parts)
      addOnCallRoutes(api, parts)
      addCalendarLinkRoutes(api, parts)
      addWebhookRoutes(api, parts)
      addListenerRoutes(api, parts)
      await addFileRoutes(api, parts)
      await addPlanRoutes(api, parts)
      addComfortRoutes(api, parts)
      await addImportRoutes(api, parts)
      addManualReadingRoutes(api, parts)
      addPriceGapRoutes(api, parts)
    },
    { prefix: '/api/v1' },
  )
}
