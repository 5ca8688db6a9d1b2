// Questions about service: tasks, plans with what they will bring, inspections, the service book.
import { queryOptions } from '@tanstack/react-query'
import type { BookPage, InspectionList, InspectionShown, InspectionTemplates } from '#contract/inspections.ts'
import type { OccurrenceList, PeopleList, PlanPage, ServiceTemplates, TaskPage, TaskShown } from '#contract/service.ts'
import { apiPath, getJson, segment } from './http.ts'

type Filters = Record<string, string | number | undefined>
const MOST = 200

export const taskPath = (id: string): string => apiPath(`/service/tasks/${segment(id)}`)
export const tasksQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['service', 'tasks', filters],
    queryFn: ({ signal }) => getJson<TaskPage>(apiPath('/service/tasks', { limit: MOST, ...filters }), signal),
  })
export const taskQuery = (id: string) =>
  queryOptions({
    queryKey: ['service', 'task', id],
    queryFn: ({ signal }) => getJson<TaskShown>(taskPath(id), signal),
  })
export const peopleQuery = queryOptions({
  queryKey: ['service', 'people'],
  queryFn: ({ signal }) => getJson<PeopleList>(apiPath('/service/people'), signal),
  staleTime: 300_000,
})
export const plansQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['service', 'plans', filters],
    queryFn: ({ signal }) => getJson<PlanPage>(apiPath('/service/plans', { limit: MOST, ...filters }), signal),
  })
export const aheadQuery = (premises: string) =>
  queryOptions({
    queryKey: ['service', 'ahead', premises],
    queryFn: ({ signal }) => getJson<OccurrenceList>(apiPath('/service/preview', { premises, months: 12 }), signal),
  })
export const planTemplatesQuery = queryOptions({
  queryKey: ['service', 'templates'],
  queryFn: ({ signal }) => getJson<ServiceTemplates>(apiPath('/service/templates'), signal),
  staleTime: Infinity,
})
export const inspectionsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: ['service', 'inspections', filters],
    queryFn: ({ signal }) => getJson<InspectionList>(apiPath('/inspections', { limit: MOST, ...filters }), signal),
  })
export const inspectionQuery = (id: string) =>
  queryOptions({
    queryKey: ['service', 'inspection', id],
    queryFn: ({ signal }) => getJson<InspectionShown>(apiPath(`/inspections/${segment(id)}`), signal),
  })
export const inspectionTemplatesQuery = queryOptions({
  queryKey: ['service', 'inspection-templates'],
  queryFn: ({ signal }) => getJson<InspectionTemplates>(apiPath('/inspections/templates'), signal),
  staleTime: Infinity,
})
export const bookQuery = (premises: string, filters: Filters) =>
  queryOptions({
    queryKey: ['service', 'book', premises, filters],
    queryFn: ({ signal }) => getJson<BookPage>(apiPath(`/premises/${segment(premises)}/service-book`, filters), signal),
    placeholderData: (before) => before,
  })
