/**
 * Networks on one machine: namespaces, an internet of addresses that are set aside for
 * documentation (RFC 5737), and NATs of each kind between it and the hosts.
 */
@NullMarked
package dev.farhand.netlab.net;

import org.jspecify.annotations.NullMarked;
