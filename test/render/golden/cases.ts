import type { Deployment } from '../../../src/model/deployment';
import { deployment as bread } from './bread/deployment';
import { deployment as croissant } from './croissant/deployment';
import { deployment as pretzel } from './pretzel/deployment';

export const CASES: readonly Deployment[] = [bread, croissant, pretzel];
