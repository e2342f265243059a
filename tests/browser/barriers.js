// What axe finds, `rules` as its runOnly takes them. Most of its time would go into the colours of elements that look
// alike, on the hundred rows of a table and on one page after the other: those are asked about once for each look.
// `told` holds, by rule, the looks that were met before: true if axe has passed one, false if it passes over them. And
// it holds, as "clean", the whole pages without a barrier: a page that no script has changed is not asked about again.
async ({ rules, told }) => {
  // All that axe reads about colours, of the element, of all around it, and of what is placed where it is.
  const STYLES = [
    "color", "background-color", "background-image", "background-clip", "opacity", "visibility", "display", "position",
    "z-index", "filter", "mix-blend-mode", "clip-path", "overflow", "font-family", "font-size", "font-weight",
    "font-style", "text-decoration", "text-shadow", "border", "outline", "-webkit-text-stroke-width",
    "-webkit-text-fill-color",
  ];
  const hasWords = (element) =>
    element.matches("input, select, textarea") ||
    [...element.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim());
  const ABOUT = { "color-contrast": hasWords, "link-in-text-block": (element) => element.matches("a[href]") };

  const hash = (text) => {
    let one = 0xdeadbeef, two = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      one = Math.imul(one ^ text.charCodeAt(at), 2654435761);
      two = Math.imul(two ^ text.charCodeAt(at), 1597334677);
    }
    return (one >>> 0).toString(36) + (two >>> 0).toString(36);
  };
  // The page as it stands in its window, but for one-time keys.
  const pageHash = () => {
    const markup = document.documentElement.outerHTML.replaceAll(/(<input[^>]* type="hidden"[^>]* value=")[^"]*/g, "$1");
    const boxes = [...styles.keys()].map((element) => element.getBoundingClientRect());
    const places = boxes.flatMap(({ x, y, width, height }) => [x, y, width, height]);
    return hash([JSON.stringify(rules), innerWidth, markup, ...styles.values(), ...places].join("|"));
  };
  const styles = new Map(), placed = [];
  for (const element of [document.documentElement, ...document.documentElement.querySelectorAll("*")]) {
    const computed = getComputedStyle(element);
    const own = STYLES.map((name) => computed.getPropertyValue(name));
    const around = styles.get(element.parentElement);
    styles.set(element, hash([around, element.localName, element.getAttribute("class"), ...own].join("|")));
    if (computed.position !== "static") placed.push({ element, box: element.getBoundingClientRect() });
  }
  const clean = pageHash();
  if (told.clean?.[clean]) return { found: [], news: {} };
  const lookOf = (element) => {
    const mine = element.getBoundingClientRect();
    const over = placed.filter(
      ({ element: other, box }) =>
        box.left < mine.right && box.right > mine.left && box.top < mine.bottom && box.bottom > mine.top &&
        !other.contains(element),
    );
    return hash([element, ...over.map((one) => one.element)].map((one) => styles.get(one)).join("|"));
  };
  const visible = [...styles.keys()].filter((element) => element.checkVisibility());
  const asked = Object.keys(ABOUT).map((rule) => {
    const looks = new Map(visible.filter(ABOUT[rule]).map((element) => [element, lookOf(element)]));
    return { rule, looks, alike: Map.groupBy(looks.keys(), (element) => looks.get(element)) };
  });

  // Runs axe, the colours of the chosen elements alone: `choose` returns those that it wants of elements alike.
  const run = async (runOnly, choose) => {
    const attribute = (rule) => `data-ask-${rule}`;
    for (const { rule, alike } of asked)
      for (const [look, elements] of alike)
        for (const one of choose(rule, look, elements)) one.setAttribute(attribute(rule), "");
    axe.configure({ rules: asked.map(({ rule }) => ({ id: rule, selector: `[${attribute(rule)}]` })) });
    const options = { runOnly, resultTypes: ["violations", "passes"], selectors: false, elementRef: true };
    const { passes, violations } = await axe.run(options);
    for (const { rule, looks } of asked) {
      document.querySelectorAll(`[${attribute(rule)}]`).forEach((one) => one.removeAttribute(attribute(rule)));
      for (const { element } of passes.filter(({ id }) => id === rule).flatMap(({ nodes }) => nodes))
        news[rule][looks.get(element)] = true;
    }
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  };
  const news = Object.fromEntries(asked.map(({ rule }) => [rule, {}]));
  const found = await run(rules, (rule, look, elements) =>
    told[rule]?.[look] ? [] : told[rule]?.[look] === false ? elements : elements.slice(0, 1),
  );
  // axe passes over what it cannot see, or cannot judge: of such a look it is asked about every element.
  const open = (rule, look) => told[rule]?.[look] === undefined && !news[rule][look];
  const others = (rule, look, elements) => (open(rule, look) ? elements.slice(1) : []);
  const more = asked.some(({ rule, alike }) => [...alike].some(([look, elements]) => others(rule, look, elements).length))
    ? await run({ type: "rule", values: Object.keys(ABOUT) }, others)
    : [];
  for (const { rule, alike } of asked) for (const look of alike.keys()) if (open(rule, look)) news[rule][look] = false;
  const all = [...found, ...more];
  if (!all.length) news.clean = { [clean]: true };
  return { found: all, news };
}
