// Split methods as sentences in three languages, nested ones too.
import { expect, test } from 'vitest'
import { methodSentence } from '#domain/writing/rule-sentence.ts'
import { bindFormat } from '#dashboard/format/bind-format.ts'
import { agreementWords as en } from '#domain/writing/words/agreement-en.ts'
import { agreementWords as fi } from '#domain/writing/words/agreement-fi.ts'
import type { AgreementWords } from '#domain/writing/words/agreement-words.ts'
import { agreementWords as sv } from '#domain/writing/words/agreement-sv.ts'
import type { SplitMethod } from '#domain/registry/bundle.ts'
import type { Language } from '#domain/writing/language.ts'

const dictionaries: Record<Language, AgreementWords> = { fi, sv, en }

test('rules as sentences', () => {
  const mix: SplitMethod = {
    by: 'metered',
    meters: { kela: [{ device: 'em-kela', point: 'energy' }] },
    remainder: {
      by: 'mix',
      parts: [
        { weight: '60', method: { by: 'area' } },
        { weight: '40', method: { by: 'headcount' } },
      ],
    },
  }
  const sentence = (language: Language, method: SplitMethod) => {
    const { decimal, list } = bindFormat(language)
    const { rules, spaceTypes } = dictionaries[language]
    return methodSentence(method, { rules, spaceTypes, party: (id) => id, device: (id) => id, decimal, list })
  }
  expect(sentence('fi', mix)).toBe(
    'jaetaan alamittarien kulutuksen mukaan: kela: ”em-kela”. Jäännösosuus jaetaan osiin painojen mukaan. Paino 60: jaetaan tilojen pinta-alan ja hallinta-ajan mukaan. Paino 40: jaetaan henkilömäärän mukaan.',
  )
  expect(sentence('sv', { by: 'fixed', shares: { a: '60', b: '40.5' } })).toBe(
    'fördelas enligt fasta andelar: a 60 och b 40,5.',
  )
  expect(sentence('en', { by: 'area', useWeights: { storage: '0.5' } })).toBe(
    'is split by floor area and the days it was held. Weighting: storage 0.5.',
  )
})
