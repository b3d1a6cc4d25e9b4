// Made by themes/bundle.mjs. A site gets it as long as these scripts are what they were.
// from js/theme.js 4840f6b3210d06d4

(()=>{(function(){let e=document.documentElement;e.classList.add("js");try{let t=localStorage.getItem("t0-theme");(t==="dark"||t==="light")&&(e.dataset.theme=t)}catch{}})();})();
