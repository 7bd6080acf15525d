import { useTranslation } from 'react-i18next';
import type { IconName } from '../../components/Icon';
import { Icon } from '../../components/Icon';
import { asText } from '../../forms/model';
import type { Tried } from './calls';
import { useDesk } from './desk';
import { objectOf, objectsOf, textOf, textsOf } from './settings/useOption';

type Passed = Tried['path'][number];
type Effect = Passed['effects'][number];

const ICONS: Partial<Record<string, IconName>> = {
  ...{ create: 'plus', change: 'edit', post: 'audit', post_later: 'audit', tell: 'bell', note: 'info' },
  ...{ flow_webhook: 'globe', flow_mail: 'mail', flow_robot: 'bell', flow_print: 'print' },
};

/** What a step would have done. */
export function TrialEffects({ effects }: { effects: readonly Effect[] }) {
  const shown = effects.filter((one) => one.what !== 'note' || one.data['action'] !== 'fault');
  if (shown.length === 0) return null;
  return (
    <ul className="fw-effects">
      {shown.map((one, at) => (
        <li key={at}>
          <Icon name={ICONS[one.what === 'send' ? textOf(one.data['kind']) : one.what] ?? 'send'} size={14} />
          <div>
            <Told effect={one} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Told({ effect: { what, data } }: { effect: Effect }) {
  switch (what) {
    case 'create':
    case 'change':
      return <Written what={what} data={data} />;
    case 'post':
    case 'post_later':
      return <Posted what={what} data={data} />;
    case 'send':
      return <Sent data={data} />;
    case 'tell':
      return <Words name="tell" values={{ text: textOf(data['text']) }} />;
    default:
      return <Noted data={data} />;
  }
}

type Data = Effect['data'];

function Words({ name, values }: { name: string; values?: Record<string, unknown> }) {
  const { t } = useTranslation();
  return <span>{t(`flowdesigner.would.${name}`, values ?? {})}</span>;
}

function useValue(): (value: unknown) => string {
  const { t } = useTranslation();
  return (value) => {
    const rows = objectOf(value)['rows'];
    if (typeof rows === 'number') return t('flowdesigner.would.rows', { count: rows });
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    const text = Array.isArray(value) ? value.map(asText).join(t('flowdesigner.comma')) : asText(value);
    return text === '' ? t('flowdesigner.would.empty') : text;
  };
}

function Written({ what, data }: { what: 'create' | 'change'; data: Data }) {
  const shown = useValue();
  return (
    <>
      <Words name={what} values={{ form: textOf(data['form']), record: asText(data['record']) }} />
      <dl>
        {objectsOf(data['values']).map((one, at) => (
          <div key={at}>
            <dt>{textOf(one['field'])}</dt>
            <dd>
              {what === 'change' && (
                <>
                  <span className="muted">{shown(one['before'])}</span> <span aria-hidden="true">→</span>{' '}
                </>
              )}
              {shown(one['value'])}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Posted({ what, data }: { what: 'post' | 'post_later'; data: Data }) {
  const { t } = useTranslation();
  const { summaryWords } = useDesk();
  const operation = summaryWords.name('operation', textOf(data['operation']));
  if (what === 'post_later') return <Words name="post_later" values={{ operation }} />;
  const goods = [
    ...textsOf(data['items']),
    ...objectsOf(data['quantities']).map((one) => `${textOf(one['product'])} × ${asText(one['quantity'])}`),
  ];
  const facts = ['from_place', 'place', 'partner', 'document'].filter((name) => textOf(data[name]) !== '');
  return (
    <>
      <Words name="post" values={{ operation, count: data['count'] }} />
      <p className="mono">{goods.join(' ')}</p>
      <dl>
        {facts.map((name) => (
          <div key={name}>
            <dt>{t(`flowdesigner.would.${name}`)}</dt>
            <dd>{textOf(data[name])}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Sent({ data }: { data: Data }) {
  const kind = textOf(data['kind']);
  if (kind === 'flow_webhook') {
    const { content } = data;
    return (
      <>
        <Words name="webhook" />
        <p className="mono fw-break">
          {textOf(data['method'])} {textOf(data['address'])}
        </p>
        {content !== undefined && content !== null && <pre>{JSON.stringify(content, null, 2)}</pre>}
      </>
    );
  }
  if (kind === 'flow_print') {
    return (
      <Words name="print" values={{ count: textsOf(data['items']).length, label: textOf(data['label']) }} />
    );
  }
  const to = textsOf(data['to']).join('、');
  return (
    <>
      <Words
        name={kind === 'flow_mail' ? 'mail' : 'robot'}
        values={{ to, subject: textOf(data['subject']) }}
      />
      <p>{textOf(data['text'])}</p>
    </>
  );
}

/** Why somebody else got it, or nobody. */
function Noted({ data }: { data: Data }) {
  const { t } = useTranslation();
  const { summaryWords } = useDesk();
  const name = (code: unknown) => summaryWords.name('member', asText(code));
  switch (data['action']) {
    case 'nobody':
      return <Words name={`nobody_${textOf(data['then'])}`} />;
    case 'delegate':
      return (
        <>
          {Object.entries(objectOf(data['to'])).map(([from, to]) => (
            <Words key={from} name="delegate" values={{ from: name(from), to: name(to) }} />
          ))}
        </>
      );
    default:
      return (
        <Words name="same" values={{ who: textsOf(data['users']).map(name).join(t('flowdesigner.comma')) }} />
      );
  }
}
