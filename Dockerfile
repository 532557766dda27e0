# The binary contains the contract, the SQL, the migrations and the seeds. So the second stage only
# adds the libraries that the binary links to.
FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
      gcc libc6-dev meson ninja-build pkg-config libulfius-dev libmicrohttpd-dev libjwt-dev libjansson-dev libpq-dev \
      libargon2-dev libqrencode-dev libssl-dev libunistring-dev libzxcvbn-dev check python3 python3-yaml \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN meson setup build --buildtype=release --strip && ninja -C build && meson test -C build --print-errorlogs

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends \
      liborcania2.3 libulfius2.7 libmicrohttpd12 libjwt0 libjansson4 libpq5 libargon2-1 libqrencode4 libssl3 libunistring2 libzxcvbn0 \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 ovop \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin ovop \
    && install -d -m 0700 -o ovop -g ovop /var/lib/ovop /var/lib/ovop/keys
COPY --from=build /src/build/service/ovopd /usr/local/bin/ovopd
ENV OVOP_LISTEN=0.0.0.0 OVOP_KEYS_DIR=/var/lib/ovop/keys
USER ovop
EXPOSE 8080 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8081 && printf 'GET /livez HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]
ENTRYPOINT ["ovopd"]
CMD ["serve"]
