/** Snowflake Scripting: procedures, anonymous blocks, EXECUTE IMMEDIATE. See README.md. */
import type { Feature } from '../engine/contract';
import { anonymousBlock } from './blocks';
import { executeImmediate } from './execute-immediate';
import { loggingFunctions } from './logging';
import { alterProcedure } from './procedures/alter';
import { anonymousProcedure } from './procedures/anonymous';
import { call } from './procedures/call';
import { createProcedure } from './procedures/create';
import { procedureObject } from './procedures/ddl';
import { describeProcedure } from './procedures/describe';
import { dropProcedure } from './procedures/drop';
import { tableProcedure } from './procedures/select-from';
import { proceduresView } from './procedures/information-schema';
import { showProcedures } from './procedures/show';

export const scriptingFeature: Feature = {
  name: 'scripting',
  statements: [
    anonymousBlock,
    call,
    executeImmediate,
    createProcedure,
    alterProcedure,
    dropProcedure,
    describeProcedure,
    showProcedures,
    anonymousProcedure,
  ],
  functions: loggingFunctions,
  objects: [procedureObject],
  tableProcedure,
  informationSchema: [proceduresView],
};
