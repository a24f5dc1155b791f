# The image of a release holds the static program and nothing else. packaging/image.py writes the folder
# that it is built from:
#
#     python3 packaging/image.py ARCHIVES image
#     docker build --file Dockerfile image
FROM scratch
ARG TARGETARCH
COPY ${TARGETARCH}/ecs-lint /ecs-lint
WORKDIR /work
ENTRYPOINT ["/ecs-lint"]
