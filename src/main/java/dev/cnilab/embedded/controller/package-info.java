/**
 * The controllers of the embedded cluster: the parts of kube-controller-manager and kube-scheduler
 * that labs use.
 */
@NullMarked
package dev.cnilab.embedded.controller;

import org.jspecify.annotations.NullMarked;
