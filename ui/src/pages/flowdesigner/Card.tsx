import { Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { useIsPhone } from '../../components/useIsPhone';
import { say } from '../../formdesigner/declared';
import type { Placed } from '../../flowdesigner/layout';
import { summaryOf } from '../../flowdesigner/summaries';
import { CardMenu } from './CardMenu';
import { useDesk } from './desk';
import { focusNode } from './focusing';
import { iconOf, onStrip } from './icons';
import { passedBy, turnOf } from './trial';

/** One step on the canvas: its kind on a coloured strip, its name, and in a line what it does. */
export function Card({ placed: { node } }: { placed: Placed }) {
  const { t, i18n } = useTranslation();
  const phone = useIsPhone();
  const desk = useDesk();
  const { board, dispatch, kinds, summaryWords, faults, open, tried, moving, setMoving } = desk;
  const writing = desk.renaming === node.id;
  const setWriting = (on: boolean) => desk.setRenaming(on ? node.id : null);
  const kind = kinds.get(node.kind);
  const title = kind === undefined ? node.kind : say(kind.title, i18n.language);
  const name = node.title === '' ? title : node.title;
  const fault = faults.find((one) => one.node === node.id && one.hard);
  const summary = fault?.message ?? summaryOf(node, kind, summaryWords);
  const selected = board.selected === node.id;
  const turn = turnOf(tried, node.id);
  const classes = [
    'fw-card',
    selected && 'fw-selected',
    fault !== undefined && 'fw-incomplete',
    moving === node.id && 'fw-lifted',
    tried !== null && (passedBy(tried, board.present, node.id) ? 'fw-was' : 'fw-was-not'),
    tried?.node === node.id && tried.state !== 'done' && 'fw-stopped',
  ];
  const colour = kind?.colour ?? 'var(--ink-fill)';
  const rename = (typed: string) => {
    setWriting(false);
    if (typed.trim() !== node.title) dispatch({ do: 'rename', id: node.id, title: typed.trim() });
  };
  return (
    <div
      className={classes.filter(Boolean).join(' ')}
      style={{ '--strip': colour, '--on-strip': onStrip(colour) } as React.CSSProperties}
      draggable={!phone && !writing && node.kind !== 'start'}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        setMoving(node.id);
      }}
      onDragEnd={() => setMoving(null)}
    >
      <button
        type="button"
        className={phone ? 'fw-card-main' : 'fw-card-main nopan'}
        data-node={node.id}
        aria-pressed={selected}
        aria-label={t('flowdesigner.card', { kind: title, name, summary })}
        onClick={() => open(node.id)}
        onDoubleClick={() => setWriting(true)}
        onFocus={() => {
          if (!selected && moving === null) dispatch({ do: 'select', id: node.id });
        }}
      >
        <span className="fw-strip">
          <Icon name={iconOf(kind)} size={14} />
          {title}
          {turn >= 0 && <span className="fw-turn">{turn + 1}</span>}
        </span>
        <b>{name}</b>
        <span className={fault === undefined ? 'fw-line' : 'fw-line fw-red'}>{summary}</span>
        <span className="fw-go">
          <Icon name="right" size={14} />
        </span>
      </button>
      {writing && (
        <Input
          className="fw-rename nopan"
          size="small"
          defaultValue={node.title}
          aria-label={t('name')}
          maxLength={100}
          autoFocus
          onFocus={(event) => event.target.select()}
          onBlur={(event) => rename(event.target.value)}
          onPressEnter={(event) => {
            event.currentTarget.blur();
            focusNode(node.id);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            setWriting(false);
            focusNode(node.id);
          }}
        />
      )}
      {!writing && <CardMenu node={node} onRename={() => setWriting(true)} />}
    </div>
  );
}
