#!/bin/sh
# Draws and renders every file of this folder; needs ffmpeg only. Run it in this folder.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
quiet='-v error -y'
clean='-map_metadata -1 -bitexact'

# A folded paper boat, drawn four times too large in the coordinates of a 480x400 picture.
dx='abs(X/4-240)'
y='(Y/4)'
sail="lt($y,190)*lt($dx,($y-40)*0.6)"
hull="gte($y,190-40*max(0,$dx-90)/110)*lte($y,260)*lt($dx,120+(260-$y)*0.727)"
fold="lt($dx,(260-$y)*1.286)"
mirror="gt($y,261)*lt($dx,120-($y-261)*1.3)"
shade="if($sail,if(lt(X/4,240),255,226),if($hull,if($fold,252,if(lt(X/4,240),222,236)),255))"
ffmpeg $quiet -f lavfi -i "color=black:s=1920x1600,format=rgba,geq=r='$shade':g='($shade)*0.975':b='($shade)*0.93':a='255*max(max($sail,$hull),0.24*($mirror))',scale=480:400:flags=area" -frames:v 1 "$work/boat.png"

# Dusk over water: lighter above, ripples that grow towards the viewer.
water() { # ripple length in pixels
  wave="sin(Y/$1+3*sin(X/($1*11)+T)-2*T)*(Y/H)"
  echo "format=rgb24,geq=r='clip(240-150*(Y/H)-16*$wave,0,255)':g='clip(192-82*(Y/H)-11*$wave,0,255)':b='clip(166-12*(Y/H)-8*$wave,0,255)'"
}
picture() { # size, top of the boat, file
  ffmpeg $quiet -f lavfi -i "color=black:s=$1,$(water 7)" -i "$work/boat.png" \
    -filter_complex "overlay=(W-w)/2:$2" -frames:v 1 -pix_fmt yuvj420p -q:v 3 $clean "$3"
}
film() { # seconds, size, boat's width, its x, its y, drawn how many times too large, crf, file
  # One thread, so that the bytes do not depend on how many cores drew them.
  ffmpeg $quiet -f lavfi -i "color=black:s=$2:r=24:d=$1,$(water 5)" \
    -loop 1 -r 24 -t "$1" -i "$work/boat.png" \
    -f lavfi -i "sine=220:d=$1" -f lavfi -i "sine=330:d=$1" \
    -filter_complex "[0]format=yuv420p,scale=iw*$6:-1:flags=neighbor[w];
      [1]scale=$3*$6:-1,rotate=a='0.06*sin(1.8*t)':c=none[b];
      [w][b]overlay=x='$4':y='$5',scale=iw/$6:-1:flags=area,format=yuv420p[v];
      [2][3]amix=2,volume=0.4,afade=in:d=0.5,afade=out:st=$(($1 - 1)):d=1[a]" \
    -map '[v]' -map '[a]' -t "$1" -threads 1 -c:v libx264 -profile:v main -preset slow -crf "$7" \
    -c:a aac -b:a 48k -ac 1 -movflags +faststart $clean "$8"
}
crossing() { # ratio, size, boat's width, how much of the picture's width it crosses, its top
  for seconds in 5 10 15; do
    # The longer, the slower: drawn four times too large, the boat does not move in jerks.
    film $seconds "$2" "$3" "(W-w)/2+W*$4*(t/$seconds-0.5)" "H*$5+h*0.036*sin(2.4*t)" 4 \
      $((24 + seconds / 5)) "videos/$1-${seconds}s.mp4"
  done
}
picture 1024x576 130 paper-boat.jpg
picture 576x1024 430 portrait.jpg
film 2 320x180 120 'W*(0.12+0.09*t)' 'H*(0.2+0.02*sin(2.4*t))' 1 30 clip.mp4
mkdir -p videos
crossing 16x9 640x360 240 0.4 0.2
crossing 9x16 360x640 216 0.28 0.34
crossing 1x1 480x480 240 0.38 0.24
ffmpeg $quiet -f lavfi -i 'sine=220:d=2' -f lavfi -i 'sine=330:d=2' \
  -filter_complex 'amix=2,volume=0.4,afade=in:d=0.3,afade=out:st=1.5:d=0.5' \
  -c:a libmp3lame -b:a 64k $clean sound.mp3
