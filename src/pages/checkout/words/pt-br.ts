import { en, type Words } from './en.js'

export const ptBr: Words = en
