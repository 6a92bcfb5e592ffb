import { defineRehearsal } from 'dbt-auto-restart';
import { story } from '../story';

export default defineRehearsal(story('dbt_artifacts'));
