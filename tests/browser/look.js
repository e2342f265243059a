// What a test wants to know about an open page, read in one go.
() => {
  const visible = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const name = (element) =>
    element.getAttribute("aria-label") ||
    (element.getAttribute("aria-labelledby") || "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent.trim() || "")
      .join(" ")
      .trim();
  const all = (selector) => [...document.querySelectorAll(selector)];
  const outside = (element) => !element.closest("main, article, section, aside, nav");
  const root = document.documentElement, foot = document.querySelector("body > .foot");
  const outsideOf = (box) => (root.dir === "rtl" ? box.left < -1 : box.right > root.clientWidth + 1);
  return {
    title: document.title,
    lang: root.lang,
    dir: root.dir,
    // What narrows or finds stands beside the content, whose headings begin with its h1.
    headings: all("h1, h2, h3, h4, h5, h6").filter((one) => visible(one) && !one.closest("form, search, aside")).map((one) => [Number(one.tagName[1]), one.textContent.trim()]),
    landmarks: {
      banner: all("header").filter(outside).length,
      main: all("main").length,
      contentinfo: all("footer").filter(outside).length,
    },
    navigations: all("nav").filter(visible).map(name),
    overflow: root.scrollWidth - root.clientWidth,
    // What is left of the window, or of the page, below its foot.
    left: foot ? Math.round(Math.max(root.scrollHeight, innerHeight) - scrollY - foot.getBoundingClientRect().bottom) : 0,
    wide: all("body *")
      .filter((one) => visible(one) && outsideOf(one.getBoundingClientRect()) && !one.closest("svg"))
      .map((one) => `${one.tagName.toLowerCase()}.${one.className}`)
      .slice(0, 5),
  };
}
