import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FlowNode } from '../../../flowdesigner/tree';
import { before } from '../../../flowdesigner/tree';
import { useForm } from '../../../forms/calls';
import type { FormField } from '../../../forms/model';
import { useDesk } from '../desk';
import { Chooser } from './OptionInput';
import { columnsOf, guessed } from './scanning';
import { objectOf, textOf, useOption } from './useOption';

const PARTS = ['product', 'quantity', 'batch', 'item'] as const;
const HOLDERS = ['item', 'items', 'scan_list', 'package_binding', 'part_binding'];

/** What should be scanned: lines of this form or of a linked one, pieces, a box, what was scanned before, or anything. */
export function Against({ node }: { node: FlowNode }) {
  const { t } = useTranslation();
  const { app: here, form, fieldKinds, board } = useDesk();
  const [value, set] = useOption(node, 'against');
  const said = objectOf(value);
  const kind = textOf(said['kind']) === '' ? 'free' : textOf(said['kind']);
  const via = textOf(said['via']);
  const isLayout = (one: string) => fieldKinds.get(one)?.holds === 'layout';
  const own = columnsOf(form.fields, isLayout);
  const links = own.filter((one) => one.kind === 'record' && typeof one.options?.['form'] === 'string');
  const linked = links.find((one) => one.code === via);
  const [app = '', code = ''] = textOf(linked?.options?.['form']).split('/');
  const other = useForm(app === '' ? here : app, code === '' ? form.code : code);
  const around = via === '' ? own : columnsOf(other.data?.fields ?? [], isLayout);
  const tables = around.filter((one) => fieldKinds.get(one.kind)?.holds === 'rows');
  const table = tables.find((one) => one.code === said['table']);
  const inside = (one: FormField | undefined) => columnsOf(one?.fields ?? [], isLayout);
  const label = t('flowdesigner.scan.against');
  const begin = (next: string) => {
    if (next === 'free') {
      set(undefined);
      return;
    }
    if (next !== 'lines') {
      set({ kind: next });
      return;
    }
    // What is likely is set at once, and can be changed.
    const first = own.find((one) => fieldKinds.get(one.kind)?.holds === 'rows');
    set({ kind: 'lines', ...(first && { table: first.code, ...guessed(inside(first)) }) });
  };
  return (
    <div className="fw-two">
      <Select<string>
        size="small"
        aria-label={label}
        value={kind}
        options={['lines', 'items', 'box', 'step', 'free'].map((one) => ({
          value: one,
          label: t(`flowdesigner.scan.of.${one}`),
        }))}
        onChange={begin}
      />
      {kind === 'lines' && (
        <>
          <Select<string>
            size="small"
            aria-label={t('flowdesigner.scan.whichLines')}
            placeholder={t('flowdesigner.scan.whichLines')}
            {...(table !== undefined && { value: `${via}/${table.code}` })}
            options={[
              ...own
                .filter((one) => fieldKinds.get(one.kind)?.holds === 'rows')
                .map((one) => ({ value: `/${one.code}`, label: one.title })),
              ...(via === ''
                ? []
                : tables.map((one) => ({
                    value: `${via}/${one.code}`,
                    label: `${linked?.title} · ${one.title}`,
                  }))),
              ...links
                .filter((one) => one.code !== via)
                .map((one) => ({
                  value: `${one.code}/`,
                  label: t('flowdesigner.scan.linesOf', { name: one.title }),
                })),
            ]}
            popupMatchSelectWidth={false}
            onChange={(next) => {
              const [link = '', rows = ''] = next.split('/');
              const found = (link === via ? tables : own).find((one) => one.code === rows);
              set({
                kind: 'lines',
                ...(link !== '' && { via: link }),
                ...(rows !== '' && { table: rows, ...guessed(inside(found)) }),
              });
            }}
          />
          {table !== undefined && (
            <div className="fw-parts">
              {PARTS.map((part) => (
                <label key={part}>
                  <span className="hint">{t(`flowdesigner.part.${part}`)}</span>
                  <Chooser
                    label={t(`flowdesigner.part.${part}`)}
                    value={said[part]}
                    options={inside(table).map((one) => ({ value: one.code, label: one.title }))}
                    onChange={(next) => {
                      const { [part]: _, ...rest } = said;
                      set(next === '' ? rest : { ...rest, [part]: next });
                    }}
                  />
                </label>
              ))}
            </div>
          )}
        </>
      )}
      {(kind === 'items' || kind === 'box') && (
        <Chooser
          label={t('flowdesigner.whichField')}
          value={said['field']}
          options={own
            .filter((one) => HOLDERS.includes(one.kind))
            .map((one) => ({ value: one.code, label: one.title }))}
          onChange={(field) => set({ kind, field })}
        />
      )}
      {kind === 'step' && (
        <Chooser
          label={t('flowdesigner.whichStep')}
          value={said['node']}
          options={before(board.present, node.id)
            .filter((one) => one.kind === 'scan' || one.kind === 'make_codes')
            .map((one) => ({ value: one.id, label: one.title }))}
          onChange={(next) => set({ kind, node: next })}
        />
      )}
    </div>
  );
}
