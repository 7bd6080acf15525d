import { Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { changeable, optionsKept } from '../../../flowdesigner/declared';
import type { FlowNode } from '../../../flowdesigner/tree';
import { say } from '../../../formdesigner/declared';
import { useDesk } from '../desk';
import { MemberChoice } from './choices';
import { objectOf, textOf, textsOf, useOption } from './useOption';

/** What is seldom set: nobody found, the same person again, signature, usual phrases, another kind of step. */
export function More({ node }: { node: FlowNode }) {
  const { t, i18n } = useTranslation();
  const { kinds, dispatch } = useDesk();
  const [who, setWho] = useOption(node, 'who');
  const [sign, setSign] = useOption(node, 'sign');
  const [phrases, setPhrases] = useOption(node, 'phrases');
  const kind = kinds.get(node.kind);
  const nobody = objectOf(objectOf(who)['nobody']);
  const signature = objectOf(sign);
  const then = textOf(nobody['then']) === '' ? 'admin' : textOf(nobody['then']);
  const others = kind === undefined ? [] : changeable(kind, kinds);
  return (
    <div className="fw-rows">
      <div className="fw-row fw-tall">
        <span className="fw-row-title">{t('flowdesigner.nobody')}</span>
        <div className="fw-row-value fw-two">
          <Select<string>
            size="small"
            aria-label={t('flowdesigner.nobody')}
            value={then}
            options={['admin', ...(node.kind === 'scan' ? [] : ['pass']), 'member'].map((one) => ({
              value: one,
              label: t(`flowdesigner.nobodyThen.${one}`),
            }))}
            onChange={(next) => setWho({ ...objectOf(who), nobody: { ...nobody, then: next } })}
          />
          {then === 'member' && (
            <MemberChoice
              label={t('flowdesigner.nobodyWho')}
              value={textOf(nobody['member'])}
              onChange={(member) => setWho({ ...objectOf(who), nobody: { ...nobody, member } })}
            />
          )}
        </div>
      </div>
      {node.kind === 'approve' && (
        <div className="fw-row fw-tall">
          <span className="fw-row-title">{t('flowdesigner.same')}</span>
          <Select<string>
            size="small"
            aria-label={t('flowdesigner.same')}
            value={objectOf(who)['same'] === 'pass' ? 'pass' : 'ask'}
            options={['ask', 'pass'].map((one) => ({ value: one, label: t(`flowdesigner.sameThen.${one}`) }))}
            onChange={(same) => setWho({ ...objectOf(who), same })}
          />
        </div>
      )}
      <div className="fw-row fw-tall">
        <span className="fw-row-title">{t('flowdesigner.sign')}</span>
        <div className="fw-row-value">
          <label className="fw-flag">
            <Switch
              size="small"
              checked={signature['needed'] === true}
              onChange={(needed) => setSign(needed ? { ...signature, needed } : undefined)}
            />
            {t('flowdesigner.signHow')}
          </label>
          {signature['needed'] === true && (
            <Input
              size="small"
              aria-label={t('flowdesigner.meaning')}
              placeholder={t('flowdesigner.meaning')}
              maxLength={200}
              value={textOf(signature['meaning'])}
              onChange={(event) => setSign({ ...signature, meaning: event.target.value })}
            />
          )}
        </div>
      </div>
      <div className="fw-row fw-tall">
        <span className="fw-row-title">{t('flowdesigner.phrases')}</span>
        <Select<string[]>
          size="small"
          mode="tags"
          aria-label={t('flowdesigner.phrases')}
          placeholder={t('flowdesigner.phrasesHow')}
          value={textsOf(phrases)}
          tokenSeparators={['、', '；', ';']}
          open={false}
          suffix={null}
          onChange={(next) => setPhrases(next.length === 0 ? undefined : next.slice(0, 20))}
        />
      </div>
      {others.length > 0 && kind !== undefined && (
        <div className="fw-row fw-tall">
          <span className="fw-row-title">{t('flowdesigner.changeKind')}</span>
          <Select<string>
            size="small"
            aria-label={t('flowdesigner.changeKind')}
            value={kind.name}
            options={[kind, ...others].map((one) => ({
              value: one.name,
              label: say(one.title, i18n.language),
            }))}
            onChange={(name) => {
              const to = kinds.get(name);
              if (to === undefined || name === kind.name) return;
              const named = [kind.title.zh, kind.title.en].includes(node.title);
              dispatch({
                do: 'kind',
                id: node.id,
                kind: name,
                title: named ? say(to.title, i18n.language) : node.title,
                options: optionsKept(node.options, kind, to),
              });
            }}
          />
        </div>
      )}
    </div>
  );
}
