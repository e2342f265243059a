// The admin's search for a choice (Select2) has no name of its own: it takes that of its field's label.
const $ = django.jQuery;

// After the admin's own start, which waits for the page in the same way.
$(() => {
  for (const field of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${field.id}"]`);
    const box = field.nextElementSibling?.querySelector('[role="combobox"]');
    const shown = box?.querySelector(".select2-selection__rendered");
    if (!shown || !label) continue;
    label.id ||= `${field.id}_label`;
    box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
    // A part of the text of the box, and no field that could be typed into.
    shown.removeAttribute("role");
    shown.removeAttribute("aria-readonly");
    $(field).on("select2:open", () => {
      const list = document.querySelector(".select2-container--open .select2-results__options");
      box.setAttribute("aria-controls", list.id);
      for (const part of [list, document.querySelector(".select2-container--open .select2-search__field")]) {
        part.setAttribute("aria-labelledby", label.id);
      }
    }).on("select2:close", () => box.removeAttribute("aria-controls"));
  }
});
