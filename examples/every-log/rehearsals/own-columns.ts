import { defineRehearsal } from 'dbt-auto-restart';
import { story } from '../story';

export default defineRehearsal(story('own_columns'));
