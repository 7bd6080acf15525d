import { Fragment } from 'react';

const PART = /(https?:\/\/[^\s<>"'（）()【】，。；、]+|@[\w.@+\-\u4e00-\u9fff]+)/gu;

interface SafeTextProps {
  text: string;
  mentions: readonly string[];
}

/** Plain text whose web addresses can be followed; nothing in it is ever taken for HTML. */
export function SafeText({ text, mentions }: SafeTextProps) {
  return (
    <p className="talk-text">
      {text.split(PART).map((part, at) => (
        <Fragment key={at}>{partOf(part, mentions)}</Fragment>
      ))}
    </p>
  );
}

function partOf(part: string, mentions: readonly string[]) {
  if (/^https?:\/\//.test(part)) {
    return (
      <a href={part} target="_blank" rel="noopener noreferrer nofollow">
        {part}
      </a>
    );
  }
  if (part.startsWith('@') && mentions.includes(part.slice(1).replace(/\.+$/, '').toLowerCase())) {
    return <b className="talk-mention">{part}</b>;
  }
  return part;
}
