import { ReactFlowProvider } from '@xyflow/react';
import { App } from 'antd';
import { useEffect, useMemo, useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowDeclaration } from '../../flowdesigner/declared';
import { kindsByName } from '../../flowdesigner/declared';
import { incomplete, together } from '../../flowdesigner/incomplete';
import { heldBy, laid, reduce } from '../../flowdesigner/model';
import type { Spot } from '../../flowdesigner/tree';
import { find, innerOf } from '../../flowdesigner/tree';
import type { FormInfo } from '../../forms/calls';
import { useKinds } from '../../forms/calls';
import { editorFields } from '../../formulaeditor/fields';
import { Bar } from './Bar';
import type { Drawn, Tried } from './calls';
import { Canvas } from './Canvas';
import type { Desk } from './desk';
import { DeskProvider } from './desk';
import { focusNode } from './focusing';
import { KeysHelp } from './KeysHelp';
import { PublishDialog } from './PublishDialog';
import { Settings } from './settings/Settings';
import { TryOut } from './TryOut';
import { useKeys } from './useKeys';
import { recovered, useSaving } from './useSaving';
import { useWords } from './useWords';
import { VersionsDrawer } from './VersionsDrawer';

interface DesignerProps {
  app: string;
  form: FormInfo;
  drawn: Drawn;
  declaration: FlowDeclaration;
  onReload: () => void;
}

/** The drawing board for a flow. */
export function Designer({ app, form, drawn, declaration, onReload }: DesignerProps) {
  const { t, i18n } = useTranslation();
  const { message, modal } = App.useApp();
  const kinds = useMemo(() => kindsByName(declaration), [declaration]);
  const fieldKinds = useKinds();
  const [found] = useState(() => recovered(app, drawn));
  const [board, dispatch] = useReducer(reduce, found, (lost) =>
    lost === null ? laid(drawn.tree) : lost.follows ? laid(lost.tree) : laid(drawn.tree, lost.tree),
  );
  const saving = useSaving(app, drawn, board.present);
  const lost = found !== null && !found.follows;
  useEffect(() => {
    if (lost) void message.info(t('flowdesigner.lostFound'), 8);
  }, [lost, message, t]);
  const [settings, setSettings] = useState<{ tab: string } | null>(null);
  const [moving, setMoving] = useState<string | null>(null);
  const [carried, setCarried] = useState<string | null>(null);
  const [adding, setAdding] = useState<Spot | null>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [help, setHelp] = useState(false);
  const [tried, setTried] = useState<Tried | null>(null);
  const [dialog, setDialog] = useState<'publish' | 'versions' | 'try' | null>(null);
  const [aside, setAside] = useState(false);
  const { words, summaryWords, faultWords } = useWords({
    app,
    form,
    kinds,
    declaration,
    root: board.present,
  });
  const formulaFields = useMemo(
    () => editorFields(form.fields, fieldKinds, null, i18n.language),
    [form.fields, fieldKinds, i18n.language],
  );
  const faults = useMemo(() => {
    const looked = { kinds, fields: form.fields, words: faultWords, language: i18n.language };
    return together(board.present, incomplete(board.present, looked), saving.faults, saving.checked);
  }, [board.present, kinds, form.fields, faultWords, i18n.language, saving.faults, saving.checked]);

  const open = (id: string, tab = 'settings') => {
    dispatch({ do: 'select', id });
    // A block has nothing to set: its ways have.
    const node = find(board.present, id);
    setSettings(node === undefined || innerOf(node.kind) === undefined ? { tab } : null);
  };
  const remove = (id: string) => {
    const node = find(board.present, id);
    if (node === undefined || node.kind === 'start') return;
    const drop = () => {
      const { selected } = reduce(board, { do: 'remove', id });
      dispatch({ do: 'remove', id });
      setSettings(null);
      if (selected !== null) focusNode(selected);
    };
    const count = heldBy(node);
    if (count === 0) {
      drop();
      return;
    }
    modal.confirm({
      title: t('deleteTitle', { name: node.title }),
      content: t('flowdesigner.removeHolds', { count }),
      okText: t('delete'),
      cancelText: t('keep'),
      okButtonProps: { danger: true },
      onOk: drop,
    });
  };
  useKeys({
    ...{ board, dispatch, open, remove, save: saving.save, moving, setMoving },
    ...{ setAdding, setRenaming, setHelp },
  });
  const desk: Desk = {
    ...{ app, flow: drawn.flow.code, form, board, dispatch, declaration, kinds, fieldKinds, formulaFields },
    ...{ words, summaryWords, faults, open, remove, moving, setMoving, tried },
    ...{ adding, setAdding, carried, setCarried, renaming, setRenaming },
  };
  const selected = board.selected === null ? undefined : find(board.present, board.selected);
  return (
    <DeskProvider value={desk}>
      <ReactFlowProvider>
        <div className="fw">
          <Bar
            saving={saving}
            name={drawn.flow.name}
            found={found?.follows === true}
            onVersions={() => setDialog('versions')}
            onTry={() => setDialog('try')}
            onPublish={() => {
              saving.publishing.reset();
              if (saving.changed) saving.save();
              setAside(false);
              setDialog('publish');
            }}
          />
          <Canvas saving={saving} onLeaveTrial={() => setTried(null)} onHelp={() => setHelp(true)} />
          {settings !== null && selected !== undefined && innerOf(selected.kind) === undefined && (
            <Settings
              key={selected.id}
              node={selected}
              tab={settings.tab}
              onTab={(tab) => setSettings({ tab })}
              onClose={() => {
                setSettings(null);
                focusNode(selected.id);
              }}
            />
          )}
        </div>
        <TryOut
          open={dialog === 'try'}
          saving={saving}
          tried={tried}
          onTried={setTried}
          onClose={() => setDialog(null)}
        />
      </ReactFlowProvider>
      <KeysHelp open={help} onClose={() => setHelp(false)} />
      <VersionsDrawer
        open={dialog === 'versions'}
        saving={saving}
        onRestored={onReload}
        onClose={() => setDialog(null)}
      />
      <PublishDialog
        open={dialog === 'publish' || (saving.stuck && !aside)}
        saving={saving}
        onClose={() => {
          setDialog(null);
          // A conflict that was put aside comes back when 发布 is pressed, or with the next one.
          setAside(saving.stuck);
        }}
      />
    </DeskProvider>
  );
}
