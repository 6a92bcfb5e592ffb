/** Registers every function there is. */
import './aggregates';
import './arrays';
import './binary';
import './collecting';
import './conditional';
import './context';
import './conversions';
import './date-arithmetic';
import './date-construction';
import './date-extraction';
import './date-text';
import './date-truncation';
import './numbers';
import './rounding';
import './statistics';
import './semi-structured';
import './text';
import './type-of';
import './variant-types';
import './regular-expressions';
import './windows';

export { FUNCTIONS, type FunctionDefinition } from './registry';
