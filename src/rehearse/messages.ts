/** What was sent to somebody, as it is read: queues take JSON, the rest is text. */
import { type LocalSnowflake, sentOf } from '../local/index';
import type { Message } from './rehearsal';

export function messagesIn({ catalog }: LocalSnowflake): Message[] {
  return [...sentOf(catalog).values()]
    .sort((a, b) => a.number - b.number)
    .map(({ createdOn, integration, contentType, content }) => ({
      at: new Date(createdOn / 1000).toISOString().slice(0, 16).replace('T', ' '),
      integration,
      text: contentType === 'application/json' ? textIn(content) : content,
    }));
}

function textIn(content: string): string {
  const { text } = JSON.parse(content) as { text?: unknown };
  return typeof text === 'string' ? text : content;
}
