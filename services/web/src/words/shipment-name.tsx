import css from './shipment-name.module.css';

/** `7K2M-9QX4-T1B8-ZC3V-2`; also of what is no shipment id. */
export const grouped = (sub: string): string => sub.replace(/(.{4})(?=.)/g, '$1-');

/** A shipment id as people read it from a label: in groups of four. */
export function ShipmentName({ sub }: { readonly sub: string }) {
  return <span className={css['name']}>{grouped(sub)}</span>;
}
