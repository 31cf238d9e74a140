/**
 * The control loops of the embedded cluster: what kube-controller-manager and kube-scheduler do for
 * the objects that a lab uses.
 */
@NullMarked
package dev.cnilab.embedded.controller;

import org.jspecify.annotations.NullMarked;
