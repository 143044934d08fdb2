// Max pooling of one picture: x [height, width, channels] → y and winners [outHeight, outWidth, channels]. The winners
// are numbered by their place in x, from `first` on.

// @ts-ignore: decorator
@inline
function bytes(numbers: i32): usize {
  return <usize>numbers << 2;
}

export function maxPool2d(
  x: usize, y: usize, winners: usize, first: i32,
  width: i32, channels: i32, poolHeight: i32, poolWidth: i32, outHeight: i32, outWidth: i32,
): void {
  for (let oy = 0; oy < outHeight; oy++) {
    for (let ox = 0; ox < outWidth; ox++) {
      const corner = (oy * poolHeight * width + ox * poolWidth) * channels;
      let c = 0;
      for (; c + 4 <= channels; c += 4) {
        let best = v128.load(x + bytes(corner + c));
        let winner = i32x4.splat(corner);
        for (let py = 0; py < poolHeight; py++) {
          for (let px = 0; px < poolWidth; px++) {
            const place = corner + (py * width + px) * channels;
            const value = v128.load(x + bytes(place + c));
            const wins = v128.or(f32x4.gt(value, best), f32x4.ne(value, value));
            best = v128.bitselect(value, best, wins);
            winner = v128.bitselect(i32x4.splat(place), winner, wins);
          }
        }
        v128.store(y, best);
        v128.store(winners, i32x4.add(winner, i32x4.add(i32x4.splat(first + c), i32x4(0, 1, 2, 3))));
        y += 16;
        winners += 16;
      }
      for (; c < channels; c++) {
        let winner = corner + c;
        for (let py = 0; py < poolHeight; py++) {
          for (let px = 0; px < poolWidth; px++) {
            const place = corner + (py * width + px) * channels + c;
            const value = load<f32>(x + bytes(place));
            if (value > load<f32>(x + bytes(winner)) || value != value) winner = place;
          }
        }
        store<f32>(y, load<f32>(x + bytes(winner)));
        store<i32>(winners, first + winner);
        y += 4;
        winners += 4;
      }
    }
  }
}
