import { Button, Drawer, Form, Input, Radio, Segmented, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { StateDot } from '../../components/StateDot';
import { useIsPhone } from '../../components/useIsPhone';
import type { Drawing, State } from './calls';
import { GROUPS, HUES, SHAPES } from './calls';
import { changeState, moveState, removeState } from './drawing';

interface StateDrawerProps {
  /** The code of the state that is open. */
  code: string | null;
  drawing: Drawing;
  /** States that are saved keep their code: items and history refer to it. */
  saved: ReadonlySet<string>;
  change: ((next: (before: Drawing) => Drawing) => void) | undefined;
  onOpen: (code: string | null) => void;
}

/** The colour that a group usually has. */
const USUAL = { ours: 'ink', channel: 'teal', user: 'violet', back: 'amber', gone: 'grey' } as const;

/** What one state is called and how it looks. */
export function StateDrawer({ code, drawing, saved, change, onOpen }: StateDrawerProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const state = drawing.states.find((one) => one.code === code);
  const at = drawing.states.findIndex((one) => one.code === code);
  const set = (part: Partial<State>) => {
    if (state === undefined) return;
    change?.((one) => changeState(one, state.code, part));
    if (part.code !== undefined) onOpen(part.code);
  };
  const fixed = state !== undefined && saved.has(state.code);
  return (
    <Drawer
      open={state !== undefined}
      onClose={() => onOpen(null)}
      mask={{ blur: false }}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '90%' : 400}
      title={state && <StateDot state={state.code} look={state} name={state.zh || state.code} />}
      footer={
        state !== undefined &&
        change !== undefined && (
          <div className="row">
            <Button
              danger
              onClick={() => {
                change((one) => removeState(one, state.code));
                onOpen(null);
              }}
            >
              {t('life_cycles.removeState')}
            </Button>
            <span className="grow" />
            <Button disabled={at <= 0} onClick={() => change((one) => moveState(one, state.code, -1))}>
              {t('life_cycles.toLeft')}
            </Button>
            <Button
              disabled={at >= drawing.states.length - 1}
              onClick={() => change((one) => moveState(one, state.code, 1))}
            >
              {t('life_cycles.toRight')}
            </Button>
          </div>
        )
      }
    >
      {state !== undefined && (
        <Form layout="vertical" disabled={change === undefined}>
          <Form.Item label={t('life_cycles.zh')}>
            <Input
              value={state.zh}
              maxLength={40}
              onChange={(event) => set({ zh: event.target.value })}
              aria-label={t('life_cycles.zh')}
            />
          </Form.Item>
          <Form.Item label={t('life_cycles.en')}>
            <Input
              value={state.en}
              maxLength={40}
              onChange={(event) => set({ en: event.target.value })}
              aria-label={t('life_cycles.en')}
            />
          </Form.Item>
          <Form.Item label={t('code')} extra={fixed ? t('life_cycles.codeFixed') : t('life_cycles.codeRule')}>
            <Input
              className="mono"
              value={state.code}
              maxLength={32}
              disabled={fixed || change === undefined}
              onChange={(event) => {
                const fresh = event.target.value.toLowerCase().replace(/[^a-z0-9_]/g, '');
                if (!drawing.states.some((one) => one.code === fresh)) set({ code: fresh });
              }}
              aria-label={t('code')}
            />
          </Form.Item>
          <Form.Item label={t('life_cycles.whoHasIt')} extra={t('life_cycles.whoHasItHelp')}>
            <Segmented
              block
              value={state.group}
              options={GROUPS.map((group) => ({ value: group, label: t(`life_cycles.group.${group}`) }))}
              onChange={(group) => set({ group, hue: USUAL[group] })}
            />
          </Form.Item>
          <Form.Item label={t('life_cycles.shape')}>
            <Radio.Group
              value={state.shape}
              onChange={(event) => set({ shape: event.target.value as State['shape'] })}
            >
              {SHAPES.map((shape) => (
                <Radio key={shape} value={shape}>
                  <StateDot
                    state=""
                    look={{ shape, hue: state.hue }}
                    name={t(`life_cycles.shapes.${shape}`)}
                  />
                </Radio>
              ))}
            </Radio.Group>
          </Form.Item>
          <Form.Item label={t('life_cycles.hue')}>
            <Radio.Group
              value={state.hue}
              onChange={(event) => set({ hue: event.target.value as State['hue'] })}
            >
              {HUES.map((hue) => (
                <Radio key={hue} value={hue}>
                  <StateDot state="" look={{ shape: state.shape, hue }} name={t(`life_cycles.hues.${hue}`)} />
                </Radio>
              ))}
            </Radio.Group>
          </Form.Item>
          <Form.Item>
            <label className="row">
              <Switch
                checked={state.end}
                onChange={(end) => set({ end })}
                aria-label={t('life_cycles.end')}
              />
              <span>{t('life_cycles.end')}</span>
            </label>
            <p className="hint">{t('life_cycles.endHelp')}</p>
          </Form.Item>
        </Form>
      )}
    </Drawer>
  );
}
