import { Button, Mentions } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDebounced } from '../../../components/useDebounced';
import type { Person } from '../../notices/calls';
import { suggestPeople } from '../../notices/calls';

const LONGEST = 5_000;

interface CommentBoxProps {
  app: string;
  form: string;
  record: number;
  /** What a comment said that is changed. */
  first?: string;
  busy: boolean;
  onSend: (text: string) => Promise<void>;
  onCancel?: () => void;
}

/** Where a comment is written; after an @ those are suggested who may see the record. */
export function CommentBox({ app, form, record, first = '', busy, onSend, onCancel }: CommentBoxProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(first);
  const [sought, setSought] = useState<string | null>(null);
  const [people, setPeople] = useState<Person[]>([]);
  const wanted = useDebounced(sought, 150);
  const asked = useRef(0);
  useEffect(() => {
    if (wanted === null) return;
    asked.current += 1;
    const mine = asked.current;
    suggestPeople(app, form, record, wanted).then(
      (found) => {
        // An answer that comes late is no answer to what is typed now.
        if (mine === asked.current) setPeople(found.people);
      },
      () => setPeople([]),
    );
  }, [app, form, record, wanted]);
  const send = () => {
    const plain = text.trim();
    if (plain === '') return;
    void onSend(plain).then(
      () => setText(''),
      () => undefined,
    );
  };
  return (
    <div className="talk-box">
      <Mentions
        value={text}
        autoSize={{ minRows: 2, maxRows: 10 }}
        maxLength={LONGEST}
        placeholder={t('notices.talk.write')}
        aria-label={t('notices.talk.write')}
        filterOption={false}
        notFoundContent={t('notices.talk.nobody')}
        options={people.map((one) => ({
          value: one.username,
          label: (
            <span>
              {one.name} <span className="hint mono">@{one.username}</span>
            </span>
          ),
        }))}
        onSearch={(next) => setSought(next)}
        onChange={setText}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      <div className="talk-buttons">
        {onCancel && <Button onClick={onCancel}>{t('cancel')}</Button>}
        <Button type="primary" disabled={text.trim() === ''} loading={busy} onClick={send}>
          {t(onCancel ? 'save' : 'notices.talk.send')}
        </Button>
      </div>
    </div>
  );
}
