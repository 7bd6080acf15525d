import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { getProduct } from '../../api/master';
import { useMay } from '../../api/session';
import { Code } from '../../components/Code';
import { DeleteButton } from '../../components/DeleteButton';
import { EditDrawer } from '../../components/EditDrawer';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { BomDrawer } from './BomDrawer';
import type { ProductValues } from './calls';
import { changeProduct, createProduct, deleteProduct, NEW_PRODUCT, valuesOf } from './calls';
import { ProductFields } from './ProductFields';

interface ProductDrawerProps {
  /** The product's code, '+' for a new one, null for none. */
  code: string | null;
  onClose: () => void;
  onSaved: () => void;
}

/** Adding or changing one product. */
export function ProductDrawer({ code, onClose, onSaved }: ProductDrawerProps) {
  const { t } = useTranslation();
  const may = useMay();
  const fresh = code === '+';
  const found = useQuery({
    queryKey: ['products', 'one', code],
    queryFn: ({ signal }) => getProduct(code ?? '', signal),
    enabled: code !== null && !fresh,
    // A form that is being filled in is not changed under the user; a conflict is told when saving.
    refetchOnWindowFocus: false,
    staleTime: 0,
  });
  const product = fresh ? undefined : found.data;
  const initial = useMemo<ProductValues>(() => (product ? valuesOf(product) : NEW_PRODUCT), [product]);
  const [bom, setBom] = useState(false);
  const readOnly = !may('products.edit');
  return (
    <EditDrawer<ProductValues>
      open={code !== null}
      title={fresh ? t('products.add') : <Code value={code ?? ''} />}
      width={560}
      initial={initial}
      readOnly={readOnly}
      save={(values) => (product ? changeProduct(product.version, values) : createProduct(values))}
      onSaved={onSaved}
      onClose={onClose}
      above={
        <>
          <ProblemAlert problem={found.error} />
          {product && (
            <p className="row product-bom">
              {product.tracking === 'serial' && (
                <Button icon={<Icon name="list" size={16} />} onClick={() => setBom(true)}>
                  {t('products.bom.open')}
                </Button>
              )}
              {!readOnly && product.used && (
                <Link to={`/products/${encodeURIComponent(product.code)}/tracking`}>
                  {t('products.track.open')} ›
                </Link>
              )}
            </p>
          )}
          {product && <BomDrawer product={product.code} open={bom} onClose={() => setBom(false)} />}
        </>
      }
      danger={
        product &&
        !readOnly &&
        !product.used && (
          <DeleteButton
            name={product.code}
            onDelete={() => deleteProduct(product.code)}
            onDeleted={onSaved}
          />
        )
      }
    >
      {(form) => <ProductFields form={form} fresh={fresh} trackingFixed={product?.used === true} />}
    </EditDrawer>
  );
}
