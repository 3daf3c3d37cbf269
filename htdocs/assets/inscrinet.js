// SPDX-License-Identifier: Apache-2.0
//
// Communes are completed as one types (ARIA 1.2, combobox with a list). Comfort alone: the field stays free, and without this
// script it is a field like any other.
"use strict";
(() => {
    const LEAST = 2,
        PAUSE = 150,
        FRANCE = "99100";

    function complete(input) {
        const list = document.createElement("ul"),
            said = document.createElement("span");
        let shown = [],
            active = -1,
            timer,
            request;
        list.id = `${input.id}-communes`;
        list.className = "communes";
        list.hidden = true;
        list.setAttribute("role", "listbox");
        list.setAttribute("aria-label", "Communes");
        said.className = "hidden";
        said.setAttribute("role", "status");
        input.after(list, said);
        for (const [name, value] of Object.entries({
            role: "combobox",
            autocomplete: "off",
            "aria-autocomplete": "list",
            "aria-expanded": "false",
            "aria-controls": list.id,
        }))
            input.setAttribute(name, value);
        const beside = (name) =>
            input.form.elements.namedItem(input.dataset[name] ?? "");

        function close() {
            clearTimeout(timer);
            request?.abort();
            list.hidden = true;
            shown = [];
            activate(-1);
            input.setAttribute("aria-expanded", "false");
        }

        function activate(place) {
            active = place;
            for (const [i, option] of [...list.children].entries())
                option.setAttribute("aria-selected", String(i === place));
            if (place < 0)
                return input.removeAttribute("aria-activedescendant");
            input.setAttribute(
                "aria-activedescendant",
                list.children[place].id,
            );
            list.children[place].scrollIntoView({ block: "nearest" });
        }

        function take(commune) {
            const department = beside("departement");
            input.value = commune.nom;
            if (department && department.value === "")
                department.value = commune.departement;
            close();
            said.textContent = "";
        }

        function show(communes) {
            shown = communes;
            list.replaceChildren(
                ...communes.map((commune, i) => {
                    const option = document.createElement("li"),
                        more = document.createElement("span");
                    option.id = `${list.id}-${i}`;
                    option.setAttribute("role", "option");
                    option.setAttribute("aria-selected", "false");
                    more.className = "hint";
                    more.textContent =
                        commune.codes_postaux ||
                        commune.departement.replace(/^0/, "");
                    option.append(`${commune.nom} `, more);
                    option.addEventListener("mousedown", (event) =>
                        event.preventDefault(),
                    );
                    option.addEventListener("click", () => take(commune));
                    return option;
                }),
            );
            list.hidden = communes.length === 0;
      if (!list.hidden) list.scrollIntoView({ block: 'nearest' });
            input.setAttribute("aria-expanded", String(communes.length > 0));
            activate(-1);
            said.textContent =
                communes.length === 0
                    ? ""
                    : communes.length === 1
                      ? "Une commune proposée"
                      : `${communes.length} communes proposées`;
        }

        async function ask() {
            const typed = input.value.trim(),
                country = beside("pays");
            request?.abort();
            if (typed.length < LEAST || (country && country.value !== FRANCE))
                return close();
            request = new AbortController();
            const query = new URLSearchParams({
                debut: typed,
                departement: beside("departement")?.value ?? "",
            });
            try {
                const answer = await fetch(
                    `${input.dataset.communes}?${query}`,
                    {
                        signal: request.signal,
                        headers: { accept: "application/json" },
                    },
                );
                if (
                    answer.ok &&
                    (answer.headers.get("content-type") ?? "").startsWith(
                        "application/json",
                    )
                )
                    show(await answer.json());
                else close();
            } catch {
                // typed on meanwhile, or no network: the field is free
            }
        }

        input.addEventListener("input", () => {
            clearTimeout(timer);
            timer = setTimeout(ask, PAUSE);
        });
        input.addEventListener("blur", close);
        input.addEventListener("keydown", (event) => {
            if (list.hidden) return;
            if (event.key === "ArrowDown" || event.key === "ArrowUp")
                activate(
                    (active +
                        (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1) +
                        shown.length) %
                        shown.length,
                );
            else if (event.key === "Enter" && active >= 0) take(shown[active]);
            else if (event.key === "Escape") close();
            else return;
            event.preventDefault();
        });
    }

    for (const input of document.querySelectorAll("input[data-communes]"))
        complete(input);
})();
