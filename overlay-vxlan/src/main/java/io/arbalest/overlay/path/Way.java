package io.arbalest.overlay.path;

/**
 * How datagrams leave a local address.
 *
 * @param family of the sending sockets
 * @param offload whether the kernel may be asked to cut sends into segments
 */
record Way(int family, boolean offload) {}
