/* The player and the transcript that follows it. The page plays and reads without any of this. */
"use strict";
(() => {
  const memory = {
    get(key) { try { return localStorage.getItem("notiziario:" + key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem("notiziario:" + key, value); } catch { /* a closed browser keeps nothing */ } },
    drop(key) { try { localStorage.removeItem("notiziario:" + key); } catch { /* likewise */ } },
  };

  for (const button of document.querySelectorAll("[data-copy]")) {
    const field = document.getElementById(button.dataset.copy);
    const says = button.parentElement.querySelector(".copied");
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
      says.textContent = "Copiato.";
    });
  }

  const player = document.querySelector(".player");
  if (!player) return;
  const find = (selector) => player.querySelector(selector);
  const audio = find("audio"), seek = find(".seek"), play = find(".play"), says = find(".says");
  const speed = find("select"), follow = find(".follow");
  const guid = player.dataset.guid;
  const total = Number(player.dataset.seconds);
  const chapters = [...document.querySelectorAll(".chapters a[data-t]")].map((link) => ({
    start: Number(link.dataset.t), item: link.parentElement, title: link.lastElementChild.textContent,
  }));

  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds)), pad = (n) => String(n).padStart(2, "0");
    const hours = Math.floor(whole / 3600), rest = pad(Math.floor(whole / 60) % 60) + ":" + pad(whole % 60);
    return hours ? hours + ":" + rest : rest;
  };

  /* ---- the words: each line's text becomes words that know their time */
  const cues = [...document.querySelectorAll(".cue")].map((element) => {
    const start = Number(element.dataset.s) / 1000;
    const cue = { element, start, end: Number(element.dataset.e) / 1000, words: [] };
    if (element.dataset.w) {
      const offsets = element.dataset.w.split(","), texts = element.textContent.split(" ");
      let group = null;
      element.textContent = "";
      texts.forEach((text, index) => {
        if (index && !offsets[index]) {  /* said within the word before it */
          group.append(" " + text);
          return;
        }
        if (index) element.append(" ");
        group = document.createElement("span");
        group.className = "w";
        group.append(text);
        element.append(group);
        cue.words.push({ element: group, start: start + Number(offsets[index]) / 100 });
      });
    }
    return cue;
  });
  const last = (list, at) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].start <= at + 0.02) low = middle + 1; else high = middle;
    }
    return list[low - 1] ?? null;
  };

  /* ---- what is shown at a moment */
  let position = 0, started = false, pending = null, kept = 0;
  let dragging = false, following = true, shownCue = null, shownWord = null, shownChapter = null;
  const swap = (before, after) => { before?.classList.remove("now"); after?.classList.add("now"); };

  function show() {
    const at = position;
    if (!dragging) seek.value = String(at);
    seek.style.setProperty("--done", (total ? (100 * Number(seek.value)) / total : 0) + "%");
    seek.setAttribute("aria-valuetext", clock(at) + " di " + clock(total));
    find(".at").textContent = clock(at);
    find(".left").textContent = "−" + clock(total - at);
    const begun = started || at > 0;
    const chapter = begun ? last(chapters, at) : null;
    if (chapter !== shownChapter) {
      swap(shownChapter?.item, chapter?.item);
      chapters.forEach((one) => one.item.firstElementChild.removeAttribute("aria-current"));
      chapter?.item.firstElementChild.setAttribute("aria-current", "true");
      find(".chapter").textContent = chapters.length > 1 && chapter ? chapter.title : "";
      shownChapter = chapter;
    }
    const cue = begun ? last(cues, at) : null;
    if (cue !== shownCue) {
      swap(shownCue?.element, cue?.element);
      shownCue = cue;
      if (cue && following && !audio.paused) bring(cue.element);
    }
    const word = cue && at < cue.end ? last(cue.words, at)?.element ?? null : null;
    if (word !== shownWord) { swap(shownWord, word); shownWord = word; }
  }

  const still = matchMedia("(prefers-reduced-motion: reduce)");
  function bring(element) {
    const box = element.getBoundingClientRect();
    const room = player.getBoundingClientRect().top;
    if (box.top < room * 0.15 || box.bottom > room * 0.8) {
      scrollTo({ top: scrollY + box.top - room * 0.3, behavior: still.matches ? "auto" : "smooth" });
    }
  }
  function stopFollowing() {
    if (!audio.paused && following && cues.length) { following = false; follow.hidden = false; }
  }
  follow.addEventListener("click", () => {
    following = true;
    follow.hidden = true;
    play.focus();
    if (shownCue) bring(shownCue.element);
  });
  for (const kind of ["wheel", "touchmove"]) addEventListener(kind, stopFollowing, { passive: true });

  /* ---- moving and playing */
  function go(to) {
    position = Math.min(Math.max(0, to), Math.max(0, total - 0.2));
    if (audio.readyState) audio.currentTime = position; else pending = position;
    started = true;
    show();
    remember();
  }
  audio.addEventListener("loadedmetadata", () => {
    if (pending !== null) { audio.currentTime = pending; pending = null; }
    audio.playbackRate = Number(speed.value);
  });
  async function start() {
    started = true;
    says.textContent = "";
    try { await audio.play(); } catch (error) {
      if (error.name !== "AbortError") says.textContent = "Il suono non si carica. Controlla la connessione e riprova.";
    }
  }
  const toggle = () => (audio.paused ? start() : audio.pause());
  function frame() {
    if (pending === null) position = audio.currentTime;
    show();
    if (!audio.paused) requestAnimationFrame(frame);
  }
  audio.addEventListener("play", () => {
    player.classList.add("playing");
    play.setAttribute("aria-label", "Ferma");
    requestAnimationFrame(frame);
  });
  audio.addEventListener("pause", () => {
    player.classList.remove("playing");
    play.setAttribute("aria-label", "Ascolta");
    remember();
  });
  audio.addEventListener("timeupdate", () => {
    if (pending === null && started) { position = audio.currentTime; show(); }
    if (Math.abs(position - kept) > 5) remember();
  });
  audio.addEventListener("ended", () => { memory.drop(guid); kept = 0; });

  function remember() {
    if (!started || audio.ended) return;
    kept = position;
    memory.set(guid, String(Math.round(position * 10) / 10));
  }
  addEventListener("pagehide", remember);

  play.addEventListener("click", toggle);
  find(".back").addEventListener("click", () => go(position - 15));
  find(".forward").addEventListener("click", () => go(position + 30));
  seek.addEventListener("input", () => { dragging = true; position = Number(seek.value); show(); });
  seek.addEventListener("change", () => { dragging = false; go(Number(seek.value)); });
  speed.addEventListener("change", () => { audio.playbackRate = Number(speed.value); memory.set("speed", speed.value); });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-t]");
    if (link) {
      event.preventDefault();
      go(Number(link.dataset.t));
      start();
      return;
    }
    const element = event.target.closest(".cue");
    if (!element || !getSelection().isCollapsed) return;
    const cue = cues.find((one) => one.element === element);
    const word = cue.words.find((one) => one.element === event.target.closest(".w"));
    following = true;
    follow.hidden = true;
    go(word ? word.start : cue.start);
    start();
  });

  function chapter(step) {
    const index = chapters.indexOf(last(chapters, position));
    const back = step < 0 && position - chapters[index]?.start > 3 ? 0 : step;
    const to = chapters[Math.min(Math.max(0, index + back), chapters.length - 1)];
    if (to) go(to.start);
  }
  function faster(step) {
    speed.selectedIndex = Math.min(Math.max(0, speed.selectedIndex + step), speed.options.length - 1);
    speed.dispatchEvent(new Event("change"));
    says.textContent = "Velocità " + speed.selectedOptions[0].textContent;
  }
  const actions = {
    " ": toggle, k: toggle, ArrowLeft: () => go(position - 15), j: () => go(position - 15),
    ArrowRight: () => go(position + 30), l: () => go(position + 30),
    n: () => chapter(1), p: () => chapter(-1), "<": () => faster(-1), ">": () => faster(1),
  };
  const keys = document.querySelector(".keys"), enabled = keys?.querySelector("input");
  if (keys) {
    keys.hidden = false;
    enabled.checked = memory.get("keys") !== "off";
    enabled.addEventListener("change", () => memory.set("keys", enabled.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || (enabled && !enabled.checked)) return;
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const own = event.target.closest("input, select, textarea, button, summary, a[href]");
    if (!action) { if (/^(Page|Arrow(Up|Down)|Home|End)/.test(event.key)) stopFollowing(); return; }
    if (own && (event.key === " " || own.matches("input:not([type=checkbox]), select, textarea"))) return;
    event.preventDefault();
    action();
  });

  if ("mediaSession" in navigator) {
    const artwork = document.querySelector("link[rel=icon]").href;
    navigator.mediaSession.metadata = new MediaMetadata({
      title: player.dataset.title, artist: document.querySelector("meta[property='og:site_name']").content,
      artwork: [{ src: artwork, type: "image/jpeg" }],
    });
    const handlers = {
      play: start, pause: () => audio.pause(), seekbackward: () => go(position - 15), seekforward: () => go(position + 30),
      seekto: (details) => go(details.seekTime), previoustrack: () => chapter(-1), nexttrack: () => chapter(1),
    };
    for (const [name, handler] of Object.entries(handlers)) {
      try { navigator.mediaSession.setActionHandler(name, handler); } catch { /* an older browser knows fewer */ }
    }
  }

  /* ---- as it stands when it opens */
  audio.controls = false;
  audio.hidden = true;
  find(".panel").hidden = false;
  document.body.classList.add("live");
  speed.value = memory.get("speed") ?? "1";
  if (!speed.value) speed.value = "1";
  const asked = /[#&]t=([\d.]+)/.exec(location.hash);
  const before = Number(asked ? asked[1] : memory.get(guid));
  if (before > 0 && before < total - 5) {
    go(before);
    says.textContent = (asked ? "Si parte da " : "Si riprende da ") + clock(before) + ".";
  }
  show();
})();
