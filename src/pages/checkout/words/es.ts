import { en, type Words } from './en.js'

export const es: Words = en
