// Made by themes/bundle.mjs. A site gets it as long as these scripts are what they were.
// from js/redirect.js 385f789e303b43d3

(()=>{location.replace(document.getElementById("t0-moved").href+location.search+location.hash);})();
