// All districts on one canvas: a Leaflet layer that keeps each outline as one path.
//
// Leaflet's own polygons make an object of every corner and project it anew for every view; a
// nation's districts take several times as long that way.
/* global L */

// A shade under one pixel: browsers draw such hairlines several times faster than true strokes.
const BORDER = { colour: "#1a1a1a", width: 0.99 };
const CHOSEN = { colour: "#ce0000", width: 4 };

const DistrictsLayer = L.Layer.extend({
  // `drawn`: [number, name, box, path] of each district, in pixels of `zoom` from `origin`;
  // `fillOf(number)`: a canvas pattern; `contentOf(number, name)`: the element to show beside the
  // pointer.
  initialize({ zoom, origin }, drawn, { fillOf, contentOf }) {
    this._zoom = zoom;
    this._origin = L.point(origin);
    this._areas = new Map(
      drawn.map(([number, name, box, path]) => [number, { name, box, path: new Path2D(path) }]),
    );
    this._fillOf = fillOf;
    this._contentOf = contentOf;
    this._tip = L.tooltip();
  },

  _placeOf(x, y) {
    return L.CRS.EPSG3857.pointToLatLng(this._origin.add([x, y]), this._zoom);
  },

  _boundsOf([left, top, right, bottom]) {
    return L.latLngBounds(this._placeOf(left, bottom), this._placeOf(right, top));
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
    const boxes = [...this._areas.values()].map(({ box }) => box);
    return this._boundsOf([
      Math.min(...boxes.map(([left]) => left)),
      Math.min(...boxes.map(([, top]) => top)),
      Math.max(...boxes.map(([, , right]) => right)),
      Math.max(...boxes.map(([, , , bottom]) => bottom)),
    ]);
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
    const scale = this._map.getZoomScale(this._map.getZoom(), this._zoom);
    const start = this._map.latLngToContainerPoint(this._placeOf(0, 0));
    const dots = scale * sharp; // of the screen, to one unit of the paths
    pen.setTransform(dots, 0, 0, dots, start.x * sharp, start.y * sharp);
    pen.lineJoin = "round";
    // A pattern keeps its transform, and many districts share a few patterns.
    const pattern = new DOMMatrix().scale(1 / dots);
    const scaled = new Set();
    for (const [number, { path }] of this._areas) {
      const fill = this._fillOf(number);
      if (!scaled.has(fill)) fill.setTransform(pattern);
      scaled.add(fill);
      pen.fillStyle = fill;
      pen.fill(path, "evenodd");
      this._draw(pen, path, BORDER, scale);
    }
    if (this._chosen) this._draw(pen, this._chosen.path, CHOSEN, scale);
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
    const bounds = this._boundsOf(area.box);
    if (!this._map.getBounds().contains(bounds)) {
      this._map.fitBounds(bounds, { maxZoom: this._map.getZoom(), animate: false });
    }
    this.paint();
    this._say(number, bounds.getCenter());
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
    for (const [number, { path }] of this._areas) {
      if (pen.isPointInPath(path, x, y, "evenodd")) {
        this._say(number, latlng);
        return;
      }
    }
    this.silence();
  },
});

export function districtsLayer(outlines, drawn, options) {
  return new DistrictsLayer(outlines, drawn, options);
}
