import { defineRehearsal } from 'dbt-auto-restart';
import { story } from '../story';

export default defineRehearsal({
  ...story('own_columns', 'post-hook'),
  title: 'A failure that hooks do not log: what is missing is run again',
});
