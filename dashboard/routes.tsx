// The sitemap: every address of the dashboard and the page that answers it. Pages are loaded when they are first opened.
import type { QueryClient } from '@tanstack/react-query'
import type { RouteObject } from 'react-router'
import { deviceTypesQuery } from './client/device-type-queries.ts'
import { deviceQuery, premisesQuery } from './client/queries.ts'
import { NotFound } from './pages/NotFound.tsx'
import { RouteFailed } from './pages/RouteFailed.tsx'

/** What a page of a device waits for is asked while the page's code is still coming; the router waits for neither. */
const askDevice = (client: QueryClient, id: string): null => {
  const askOnwards = async () => {
    await client.prefetchQuery(deviceQuery(id))
    const device = client.getQueryData(deviceQuery(id).queryKey)
    if (device !== undefined) await client.prefetchQuery(premisesQuery(device.premises))
  }
  void askOnwards()
  void client.prefetchQuery(deviceTypesQuery)
  return null
}

/** Pages that nobody must be signed in for. */
export const openPages: RouteObject[] = [
  {
    path: '/accessibility',
    lazy: async () => ({ Component: (await import('./pages/statements/Accessibility.tsx')).Accessibility }),
  },
  {
    path: '/privacy',
    lazy: async () => ({ Component: (await import('./pages/statements/Privacy.tsx')).Privacy }),
  },
  {
    path: '/p/:premises',
    lazy: async () => ({ Component: (await import('./pages/public/PublicPage.tsx')).PublicPage }),
  },
  {
    path: '/r/:code',
    lazy: async () => ({ Component: (await import('./pages/report/ReportPage.tsx')).ReportPage }),
  },
  {
    path: '/f/:secret',
    lazy: async () => ({ Component: (await import('./pages/report/FollowPage.tsx')).FollowPage }),
  },
  { path: '/sign-in', lazy: async () => ({ Component: (await import('./pages/SignIn.tsx')).SignIn }) },
]

/** `client`: what the pages ask with. */
export const signedInPages = (client: QueryClient): RouteObject[] => [
  {
    errorElement: <RouteFailed />,
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./pages/Start.tsx')).Start }) },
      {
        path: '/premises',
        lazy: async () => ({ Component: (await import('./pages/PremisesList.tsx')).PremisesList }),
      },
      {
        path: '/premises/new',
        lazy: async () => ({ Component: (await import('./pages/premises/NewPremises.tsx')).NewPremises }),
      },
      {
        path: '/premises/:id/edit',
        lazy: async () => ({ Component: (await import('./pages/premises/EditPremises.tsx')).EditPremises }),
      },
      {
        path: '/premises/:id/spaces/:space',
        lazy: async () => ({ Component: (await import('./pages/premises/SpacePage.tsx')).SpacePage }),
      },
      {
        path: '/premises/:id',
        lazy: async () => ({ Component: (await import('./pages/premises/PremisesPage.tsx')).PremisesPage }),
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import('./pages/premises/PremisesNow.tsx')).PremisesNow }),
          },
          {
            path: 'plans',
            lazy: async () => ({
              Component: (await import('./pages/plans/PremisesPlans.tsx')).PremisesPlans,
            }),
          },
          {
            path: 'comfort',
            lazy: async () => ({
              Component: (await import('./pages/comfort/PremisesComfort.tsx')).PremisesComfort,
            }),
          },
          {
            path: 'spaces',
            lazy: async () => ({
              Component: (await import('./pages/premises/PremisesSpaces.tsx')).PremisesSpaces,
            }),
          },
          {
            path: 'devices',
            lazy: async () => ({
              Component: (await import('./pages/premises/PremisesDevices.tsx')).PremisesDevices,
            }),
          },
          {
            path: 'meters',
            lazy: async () => ({ Component: (await import('./pages/meters/MeterTree.tsx')).MeterTree }),
          },
          {
            path: 'equipment',
            lazy: async () => ({
              Component: (await import('./pages/equipment/PremisesEquipment.tsx')).PremisesEquipment,
            }),
          },
          {
            path: 'tenancies',
            lazy: async () => ({
              Component: (await import('./pages/premises/PremisesTenancies.tsx')).PremisesTenancies,
            }),
          },
          {
            path: 'costs',
            lazy: async () => ({
              Component: (await import('./pages/premises/PremisesCosts.tsx')).PremisesCosts,
            }),
          },
          {
            path: 'service',
            lazy: async () => ({
              Component: (await import('./pages/service/PremisesService.tsx')).PremisesService,
            }),
          },
          {
            path: 'parties',
            lazy: async () => ({
              Component: (await import('./pages/parties/PartiesPage.tsx')).PartiesPage,
            }),
          },
          {
            path: 'agreement',
            lazy: async () => ({
              Component: (await import('./pages/premises/PremisesAgreement.tsx')).PremisesAgreement,
            }),
          },
        ],
      },
      {
        path: '/people',
        lazy: async () => ({ Component: (await import('./pages/admin/AdminPage.tsx')).AdminPage }),
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import('./pages/admin/People.tsx')).People }),
          },
          {
            path: 'organisations',
            lazy: async () => ({
              Component: (await import('./pages/admin/Organisations.tsx')).Organisations,
            }),
          },
          {
            path: 'tokens',
            lazy: async () => ({ Component: (await import('./pages/admin/Tokens.tsx')).Tokens }),
          },
          {
            path: 'identity-providers',
            lazy: async () => ({
              Component: (await import('./pages/admin/IdentityProviders.tsx')).IdentityProviders,
            }),
          },
          {
            path: 'feedback',
            lazy: async () => ({
              Component: (await import('./pages/admin/FeedbackInbox.tsx')).FeedbackInbox,
            }),
          },
          {
            path: 'audit',
            lazy: async () => ({ Component: (await import('./pages/admin/AuditLog.tsx')).AuditLog }),
          },
        ],
      },
      {
        path: '/devices',
        lazy: async () => ({ Component: (await import('./pages/DeviceList.tsx')).DeviceList }),
      },
      {
        path: '/devices/:id/edit',
        lazy: async () => ({
          Component: (await import('./pages/device/edit/DeviceEditPage.tsx')).DeviceEditPage,
        }),
      },
      {
        path: '/devices/:id/meter-change',
        lazy: async () => ({ Component: (await import('./pages/meters/MeterSwap.tsx')).MeterSwap }),
      },
      {
        path: '/meter-changes/:id',
        lazy: async () => ({
          Component: (await import('./pages/meters/MeterChangePage.tsx')).MeterChangePage,
        }),
      },
      {
        path: '/vulnerabilities',
        lazy: async () => ({
          Component: (await import('./pages/equipment/Vulnerabilities.tsx')).Vulnerabilities,
        }),
      },
      {
        path: '/bulk-edit',
        lazy: async () => ({
          Component: (await import('./pages/bulk-edit/BulkEditPage.tsx')).BulkEditPage,
        }),
      },
      {
        path: '/devices/:id',
        loader: ({ params: { id = '' } }) => askDevice(client, id),
        shouldRevalidate: ({ currentParams, nextParams }) => currentParams['id'] !== nextParams['id'],
        lazy: async () => ({ Component: (await import('./pages/device/DevicePage.tsx')).DevicePage }),
      },
      {
        path: '/alarms',
        lazy: async () => ({ Component: (await import('./pages/alarms/AlarmList.tsx')).AlarmList }),
      },
      {
        path: '/alarms/:id',
        lazy: async () => ({ Component: (await import('./pages/alarms/AlarmPage.tsx')).AlarmPage }),
      },
      {
        path: '/alarm-rules',
        lazy: async () => ({ Component: (await import('./pages/alarm-rules/AlarmRules.tsx')).AlarmRules }),
      },
      {
        path: '/alarm-rules/new',
        lazy: async () => ({
          Component: (await import('./pages/alarm-rules/AlarmRulePage.tsx')).NewAlarmRule,
        }),
      },
      {
        path: '/alarm-rules/suggested',
        lazy: async () => ({
          Component: (await import('./pages/alarm-rules/SuggestedRules.tsx')).SuggestedRules,
        }),
      },
      {
        path: '/alarm-rules/:id',
        lazy: async () => ({
          Component: (await import('./pages/alarm-rules/AlarmRulePage.tsx')).AlarmRulePage,
        }),
      },
      {
        path: '/scenes',
        lazy: async () => ({ Component: (await import('./pages/steering/ScenesPage.tsx')).ScenesPage }),
      },
      {
        path: '/schedules',
        lazy: async () => ({ Component: (await import('./pages/steering/SchedulesPage.tsx')).SchedulesPage }),
      },
      {
        path: '/firmware',
        lazy: async () => ({ Component: (await import('./pages/steering/FirmwarePage.tsx')).FirmwarePage }),
      },
      {
        path: '/firmware/:id',
        lazy: async () => ({ Component: (await import('./pages/steering/CampaignPage.tsx')).CampaignPage }),
      },
      {
        path: '/costs',
        lazy: async () => ({ Component: (await import('./pages/costs/CostPremises.tsx')).CostPremises }),
      },
      {
        path: '/costs/:premises',
        lazy: async () => ({ Component: (await import('./pages/costs/CostMonths.tsx')).CostMonths }),
      },
      {
        path: '/costs/:premises/figures',
        lazy: async () => ({ Component: (await import('./pages/costs/FiguresPage.tsx')).FiguresPage }),
      },
      {
        path: '/costs/:premises/compare',
        lazy: async () => ({ Component: (await import('./pages/costs/ComparePage.tsx')).ComparePage }),
      },
      {
        path: '/costs/:premises/budget',
        lazy: async () => ({ Component: (await import('./pages/year/BudgetPage.tsx')).BudgetPage }),
      },
      {
        path: '/costs/:premises/accruals',
        lazy: async () => ({ Component: (await import('./pages/year/AccrualsPage.tsx')).AccrualsPage }),
      },
      {
        path: '/costs/:premises/advances',
        lazy: async () => ({ Component: (await import('./pages/year/AdvancesPage.tsx')).AdvancesPage }),
      },
      {
        path: '/costs/:premises/:month',
        lazy: async () => ({ Component: (await import('./pages/costs/CostMonth.tsx')).CostMonth }),
      },
      {
        path: '/costs/:premises/:month/statements/:party',
        lazy: async () => ({ Component: (await import('./pages/costs/StatementPage.tsx')).StatementPage }),
      },
      {
        path: '/costs/:premises/:month/items/*',
        lazy: async () => ({ Component: (await import('./pages/costs/CostItem.tsx')).CostItem }),
      },
      {
        path: '/costs/:premises/:month/dispute',
        lazy: async () => ({ Component: (await import('./pages/costs/DisputeForm.tsx')).DisputeForm }),
      },
      {
        path: '/costs/:premises/invoices/:invoice/correct',
        lazy: async () => ({ Component: (await import('./pages/costs/CorrectInvoice.tsx')).CorrectInvoice }),
      },
      {
        path: '/faults',
        lazy: async () => ({ Component: (await import('./pages/faults/FaultList.tsx')).FaultList }),
      },
      {
        path: '/faults/new',
        lazy: async () => ({ Component: (await import('./pages/faults/NewFault.tsx')).NewFault }),
      },
      {
        path: '/faults/times',
        lazy: async () => ({ Component: (await import('./pages/faults/FaultTimesPage.tsx')).FaultTimesPage }),
      },
      {
        path: '/faults/labels',
        lazy: async () => ({ Component: (await import('./pages/faults/ReportLabels.tsx')).ReportLabels }),
      },
      {
        path: '/faults/:id',
        lazy: async () => ({ Component: (await import('./pages/faults/FaultPage.tsx')).FaultPage }),
      },
      {
        path: '/transfers/:id',
        lazy: async () => ({
          Component: (await import('./pages/device/TransferPage.tsx')).TransferPage,
        }),
      },
      {
        path: '/disputes/:id',
        lazy: async () => ({ Component: (await import('./pages/disputes/DisputePage.tsx')).DisputePage }),
      },
      {
        path: '/agreements',
        lazy: async () => ({
          Component: (await import('./pages/agreements/AgreementList.tsx')).AgreementList,
        }),
      },
      {
        path: '/agreements/new',
        lazy: async () => ({
          Component: (await import('./pages/agreements/NewProposal.tsx')).NewProposal,
        }),
      },
      {
        path: '/agreements/what-if',
        lazy: async () => ({ Component: (await import('./pages/what-if/WhatIfPage.tsx')).WhatIfPage }),
      },
      {
        path: '/agreements/proposals/:id',
        lazy: async () => ({
          Component: (await import('./pages/agreements/ProposalPage.tsx')).ProposalPage,
        }),
      },
      {
        path: '/agreements/proposals/:id/edit',
        lazy: async () => ({
          Component: (await import('./pages/agreements/EditProposal.tsx')).EditProposal,
        }),
      },
      {
        path: '/agreements/:id/compare',
        lazy: async () => ({
          Component: (await import('./pages/agreements/CompareVersions.tsx')).CompareVersions,
        }),
      },
      {
        path: '/agreements/:id',
        lazy: async () => ({
          Component: (await import('./pages/agreements/AgreementPage.tsx')).AgreementPage,
        }),
      },
      {
        path: '/service',
        lazy: async () => ({ Component: (await import('./pages/service/ServicePage.tsx')).ServicePage }),
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import('./pages/service/TaskList.tsx')).TaskList }),
          },
          {
            path: 'plans',
            lazy: async () => ({ Component: (await import('./pages/service/Plans.tsx')).Plans }),
          },
          {
            path: 'inspections',
            lazy: async () => ({ Component: (await import('./pages/service/Inspections.tsx')).Inspections }),
          },
          {
            path: 'book',
            lazy: async () => ({ Component: (await import('./pages/service/ServiceBook.tsx')).BookPage }),
          },
        ],
      },
      {
        path: '/service/tasks/:id',
        lazy: async () => ({ Component: (await import('./pages/service/TaskPage.tsx')).TaskPage }),
      },
      {
        path: '/service/inspections/:id',
        lazy: async () => ({
          Component: (await import('./pages/service/InspectionPage.tsx')).InspectionPage,
        }),
      },
      {
        path: '/imports',
        lazy: async () => ({ Component: (await import('./pages/imports/ImportList.tsx')).ImportList }),
      },
      {
        path: '/imports/:id',
        lazy: async () => ({ Component: (await import('./pages/imports/ImportPage.tsx')).ImportPage }),
      },
      {
        path: '/install',
        lazy: async () => ({ Component: (await import('./pages/install/InstallPage.tsx')).InstallPage }),
      },
      {
        path: '/c/:code',
        lazy: async () => ({ Component: (await import('./pages/install/InstallPage.tsx')).InstallPage }),
      },
      {
        path: '/connect',
        lazy: async () => ({ Component: (await import('./pages/connect/ConnectPage.tsx')).ConnectPage }),
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import('./pages/connect/Inbox.tsx')).Inbox }),
          },
          {
            path: 'connectors',
            lazy: async () => ({ Component: (await import('./pages/connect/Connectors.tsx')).Connectors }),
          },
          {
            path: 'connectors/:id',
            lazy: async () => ({
              Component: (await import('./pages/connect/ConnectorEditor.tsx')).ConnectorEditor,
            }),
          },
          {
            path: 'bridges',
            lazy: async () => ({ Component: (await import('./pages/connect/Bridges.tsx')).Bridges }),
          },
          {
            path: 'quarantine',
            lazy: async () => ({ Component: (await import('./pages/connect/Quarantine.tsx')).Quarantine }),
          },
          {
            path: 'labels',
            lazy: async () => ({ Component: (await import('./pages/connect/Labels.tsx')).Labels }),
          },
          {
            path: 'credentials',
            lazy: async () => ({ Component: (await import('./pages/connect/Credentials.tsx')).Credentials }),
          },
        ],
      },
      {
        path: '/help',
        lazy: async () => ({ Component: (await import('./pages/help/HelpPage.tsx')).HelpPage }),
      },
      {
        path: '/search',
        lazy: async () => ({ Component: (await import('./pages/search/SearchPage.tsx')).SearchPage }),
      },
      {
        path: '/system/retention',
        lazy: async () => ({
          Component: (await import('./pages/documents/RetentionPage.tsx')).RetentionPage,
        }),
      },
      {
        path: '/invoicing',
        lazy: async () => ({
          Component: (await import('./pages/documents/InvoicingDetailsPage.tsx')).InvoicingDetailsPage,
        }),
      },
      {
        path: '/notifications',
        lazy: async () => ({
          Component: (await import('./pages/notifications/NotificationsPage.tsx')).NotificationsPage,
        }),
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import('./pages/notifications/Notices.tsx')).Notices }),
          },
          {
            path: 'settings',
            lazy: async () => ({ Component: (await import('./pages/notifications/Settings.tsx')).Settings }),
          },
          {
            path: 'on-call',
            lazy: async () => ({ Component: (await import('./pages/notifications/OnCall.tsx')).OnCall }),
          },
          {
            path: 'on-call/:id',
            lazy: async () => ({
              Component: (await import('./pages/notifications/CalendarPage.tsx')).CalendarPage,
            }),
          },
          {
            path: 'webhooks',
            lazy: async () => ({ Component: (await import('./pages/notifications/Webhooks.tsx')).Webhooks }),
          },
          {
            path: 'webhooks/:id',
            lazy: async () => ({
              Component: (await import('./pages/notifications/WebhookPage.tsx')).WebhookPage,
            }),
          },
        ],
      },
      {
        path: '/system/settings',
        lazy: async () => ({
          Component: (await import('./pages/admin/SettingsPage.tsx')).SettingsPage,
        }),
      },
      { path: '/system', lazy: async () => ({ Component: (await import('./pages/System.tsx')).System }) },
      {
        path: '/account',
        lazy: async () => ({ Component: (await import('./pages/account/Account.tsx')).Account }),
      },
      { path: '*', element: <NotFound /> },
    ],
  },
]
