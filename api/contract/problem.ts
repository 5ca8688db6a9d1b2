// How every error looks: problem+json by RFC 9457 with a code for programs.
import { Type, type Static } from 'typebox'
import { closed } from './common.ts'

export const ProblemDetail = closed({
  pointer: Type.String({ description: 'JSON Pointer into the body or bundle' }),
  code: Type.String(),
  message: Type.String(),
})
export const ProblemDocument = closed({
  type: Type.String({ description: 'urn:samtila:problem:<code>' }),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  instance: Type.String({ description: 'Path of the request, or the id of the incident in the log' }),
  code: Type.String(),
  problems: Type.Optional(Type.Array(ProblemDetail)),
})
export type ProblemDetail = Static<typeof ProblemDetail>
export type ProblemDocument = Static<typeof ProblemDocument>
