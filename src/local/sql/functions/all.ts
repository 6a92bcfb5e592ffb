/** Registers every function there is. */
import './aggregates';
import './conditional';
import './context';
import './dates';
import './date-text';
import './numbers';
import './semi-structured';
import './text';
import './regular-expressions';
import './windows';

export { FUNCTIONS, type FunctionDefinition } from './registry';
