import { URL_COMPONENTS } from '../../boundary/url-parts.js';

type Component = (typeof URL_COMPONENTS)[number];

const isComponent = (name: string): name is Component => (URL_COMPONENTS as readonly string[]).includes(name);

/** The serialized URL, or '' when it does not parse. */
export function serializedUrl(input: string, base: string): string {
  return hrefOf(() => new URL(input, base === '' ? undefined : base));
}

/** The serialized URL after setting a component; '' for a text that is not a URL. */
export function changedUrl(href: string, component: string, value: string): string {
  if (!isComponent(component)) return '';
  return hrefOf(() => {
    const url = new URL(href);
    url[component] = value;
    return url;
  });
}

function hrefOf(make: () => URL): string {
  try {
    return make().href;
  } catch (error) {
    // Also thrown on a full stack, with another error.
    if (error instanceof RangeError) throw error;
    return '';
  }
}
