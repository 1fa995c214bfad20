import { describeOnEachDatabase } from '../support/test-server.js'
import { defineDialectRaces } from './dialect-races.js'

describeOnEachDatabase('through every dialect', defineDialectRaces)
