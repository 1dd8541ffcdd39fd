// All districts on one canvas: a Leaflet layer that keeps each outline as one path.
//
// Leaflet's own polygons make an object of every corner and project it anew for every view; a
// nation's districts take several times as long that way.
/* global L */

const WORLD = 256; // width of the world at zoom 0, in pixels (Web Mercator)
const BORDER = { colour: "#1a1a1a", width: 1 };
const CHOSEN = { colour: "#ce0000", width: 4 };

function spot([longitude, latitude]) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return [
    WORLD * (longitude / 360 + 0.5),
    WORLD * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)),
  ];
}

// Relative to `origin`, so that the browser's short floats stay exact at the closest zoom.
function areaOf(feature, origin) {
  const { type, coordinates } = feature.geometry;
  const path = new Path2D();
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const polygon of type === "Polygon" ? [coordinates] : coordinates) {
    for (const ring of polygon) {
      ring.forEach((corner, place) => {
        const [x, y] = spot(corner);
        if (place) path.lineTo(x - origin[0], y - origin[1]);
        else path.moveTo(x - origin[0], y - origin[1]);
        west = Math.min(west, corner[0]);
        east = Math.max(east, corner[0]);
        south = Math.min(south, corner[1]);
        north = Math.max(north, corner[1]);
      });
      path.closePath();
    }
  }
  return { path, name: feature.properties.name, bounds: L.latLngBounds([south, west], [north, east]) };
}

const DistrictsLayer = L.Layer.extend({
  // `features`: [number, GeoJSON feature] of each district; `fillOf(number)`: a canvas pattern;
  // `contentOf(number, name)`: the element to show beside the pointer.
  initialize(features, { fillOf, contentOf }) {
    this._corner = features[0][1].geometry.coordinates.flat(Infinity).slice(0, 2);
    this._origin = spot(this._corner);
    this._areas = new Map(
      features.map(([number, feature]) => [number, areaOf(feature, this._origin)]),
    );
    this._fillOf = fillOf;
    this._contentOf = contentOf;
    this._tip = L.tooltip();
  },

  onAdd(map) {
    this._canvas = L.DomUtil.create("canvas", "", map.getPane("overlayPane"));
    map.on("moveend resize", this.paint, this);
    map.on("mousemove click", this._follow, this);
    map.on("mouseout", this.silence, this);
    this.paint();
  },

  onRemove(map) {
    map.off("moveend resize", this.paint, this);
    map.off("mousemove click", this._follow, this);
    map.off("mouseout", this.silence, this);
    this._canvas.remove();
  },

  bounds() {
    const all = L.latLngBounds([]);
    for (const { bounds } of this._areas.values()) all.extend(bounds);
    return all;
  },

  nameOf(number) {
    return this._areas.get(number)?.name;
  },

  paint() {
    const sharp = window.devicePixelRatio || 1;
    const { x: width, y: height } = this._map.getSize();
    const pen = this._canvas.getContext("2d");
    Object.assign(this._canvas, { width: width * sharp, height: height * sharp });
    Object.assign(this._canvas.style, { width: `${width}px`, height: `${height}px` });
    L.DomUtil.setPosition(this._canvas, this._map.containerPointToLayerPoint([0, 0]));
    const scale = this._map.getZoomScale(this._map.getZoom(), 0);
    const start = this._map.latLngToContainerPoint([this._corner[1], this._corner[0]]);
    const dots = scale * sharp; // of the screen, to one unit of the paths
    pen.setTransform(dots, 0, 0, dots, start.x * sharp, start.y * sharp);
    pen.lineJoin = "round";
    const view = this._map.getBounds();
    const pattern = new DOMMatrix().scale(1 / dots);
    for (const [number, area] of this._areas) {
      if (view.intersects(area.bounds)) this._paintOne(pen, area, this._fillOf(number), pattern, scale);
    }
    if (this._chosen) this._draw(pen, this._chosen.path, CHOSEN, scale);
  },

  _paintOne(pen, area, fill, pattern, scale) {
    fill.setTransform(pattern);
    pen.fillStyle = fill;
    pen.fill(area.path, "evenodd");
    this._draw(pen, area.path, BORDER, scale);
  },

  _draw(pen, path, { colour, width }, scale) {
    pen.strokeStyle = colour;
    pen.lineWidth = width / scale;
    pen.stroke(path);
  },

  // Bring a district into view, mark it, and say what it holds; false where it has no outline.
  choose(number) {
    const area = this._areas.get(number);
    if (!area) return false;
    this._chosen = area;
    if (!this._map.getBounds().contains(area.bounds)) {
      this._map.fitBounds(area.bounds, { maxZoom: this._map.getZoom(), animate: false });
    }
    this.paint();
    this._say(number, area.bounds.getCenter());
    return true;
  },

  silence() {
    this._said = null;
    this._tip.remove();
  },

  _say(number, place) {
    if (this._said !== number) {
      this._tip.setContent(this._contentOf(number, this._areas.get(number).name));
    }
    this._said = number;
    this._tip.setLatLng(place).addTo(this._map);
  },

  _follow({ latlng, containerPoint }) {
    const sharp = window.devicePixelRatio || 1;
    const pen = this._canvas.getContext("2d");
    const [x, y] = [containerPoint.x * sharp, containerPoint.y * sharp];
    for (const [number, { bounds, path }] of this._areas) {
      if (bounds.contains(latlng) && pen.isPointInPath(path, x, y, "evenodd")) {
        this._say(number, latlng);
        return;
      }
    }
    this.silence();
  },
});

export function districtsLayer(features, options) {
  return new DistrictsLayer(features, options);
}
